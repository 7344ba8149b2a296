package io.github.camundabackup.test.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Both engines refuse to run as root. Where the tests do, as in containers, the engines get the user that owns nothing: nobody. */
final class Unprivileged {
    private static final int ROOT = 0;
    private static final int NOBODY = 65534;

    private final boolean needed;

    /**
     * @param own a file that this process has created
     */
    Unprivileged(Path own) {
        try {
            needed = Files.getFileStore(own).supportsFileAttributeView("posix")
                    && Files.getAttribute(own, "unix:uid").equals(ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to put in front of a command. */
    List<String> prefix() {
        if (!needed) {
            return List.of();
        }
        return List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    }

    /** For the message when the engine does not start. */
    String hint(Path home) {
        return needed
                ? " As root, it is run as the user with id " + NOBODY + ", who must be able to read " + home + "."
                : "";
    }

    /** Gives a directory and everything in it away. */
    void own(Path directory) throws IOException {
        if (!needed) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                Files.setAttribute(file, "unix:uid", NOBODY);
                Files.setAttribute(file, "unix:gid", NOBODY);
            }
        }
    }
}
