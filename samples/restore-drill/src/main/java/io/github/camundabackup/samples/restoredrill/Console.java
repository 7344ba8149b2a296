package io.github.camundabackup.samples.restoredrill;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.runtime.ClientResources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Tells an operator what to do, and waits until it is done. */
final class Console {
    private final BufferedReader in;
    private final PrintStream out;
    private final ClientResources resources;

    Console(InputStream in, PrintStream out, ClientResources resources) {
        this.in = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
        this.out = out;
        this.resources = resources;
    }

    /** Completes when the operator has confirmed it; fails if there is nobody who could. */
    CompletableFuture<Void> confirm(String task) {
        return CompletableFuture.runAsync(() -> ask(task), resources.executor());
    }

    private void ask(String task) {
        out.println();
        out.println("TO DO: " + task);
        out.println("Press Enter when that is done.");
        @Nullable String answer;
        try {
            answer = in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (answer == null) {
            throw new CamundaBackupException("Nobody is at the console to do this: " + task
                    + " Run the drill where somebody can press Enter, or give commands that do it.");
        }
    }
}
