package io.github.camundabackup.test.internal.web;

import java.util.concurrent.CompletableFuture;

/** Answers requests; the answer may take its time without a thread waiting for it. */
@FunctionalInterface
public interface Application {
    CompletableFuture<WebAnswer> answer(WebRequest request);
}
