package io.github.camundabackup.test.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Stream;

/**
 * Both engines refuse to run as root. Where the tests do, as in containers, the engines get the user that owns nothing:
 * nobody.
 */
public final class Unprivileged {
    private static final int ROOT = 0;
    private static final int NOBODY = 65534;

    private final boolean needed;

    /**
     * @param own a file that this process has created
     */
    public Unprivileged(Path own) {
        try {
            needed = Files.getFileStore(own).supportsFileAttributeView("posix")
                    && Files.getAttribute(own, "unix:uid").equals(ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to put in front of a command. */
    public List<String> prefix() {
        if (!needed) {
            return List.of();
        }
        return List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    }

    /** For the message when the engine does not start. */
    public String hint(Path home) {
        return needed
                ? " As root, it is run as the user with id " + NOBODY + ", who must be able to read " + home + "."
                : "";
    }

    /**
     * Where that user can run what is in a directory: there, or in a copy, for a clone of root's is often where nobody
     * else may enter.
     *
     * @param copy where the copy would be, if one is needed; does not exist
     */
    public Path reachable(Path home, Path copy) throws IOException {
        if (!needed || everybodyMayEnter(home)) {
            return home;
        }
        FileTrees.copy(home, copy);
        return copy;
    }

    private static boolean everybodyMayEnter(Path directory) throws IOException {
        for (Path path = directory.toRealPath(); path != null; path = path.getParent()) {
            if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    /** Gives a directory and everything in it away. */
    public void own(Path directory) throws IOException {
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
