package io.github.camundabackup.database;

import java.util.Objects;

/**
 * One file of a dump.
 *
 * @param path relative to the dump's directory, with {@code /}
 * @param size in bytes
 * @param sha256 in hexadecimal
 */
public record DumpFile(String path, long size, String sha256) {
    public DumpFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(sha256, "sha256");
    }
}
