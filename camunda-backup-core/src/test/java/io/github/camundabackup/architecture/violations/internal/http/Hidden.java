package io.github.camundabackup.architecture.violations.internal.http;

/** A type that no user may see. */
public class Hidden extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
