package io.github.camundabackup.test.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A directory for servers, which is deleted when they have ended: when it is closed, or when this JVM ends. */
public final class TemporaryDirectory implements AutoCloseable {
    private final Path path;
    private final Runnable end;
    private final Thread hook;

    /**
     * @param name part of the directory's name
     * @param end ends everything that runs in it
     */
    public TemporaryDirectory(String name, Runnable end) {
        this.end = end;
        try {
            // Others may pass: servers run as another user where tests run as root.
            path = Files.createTempDirectory(
                    "camunda-backup-" + name,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hook = new Thread(this::delete, "delete-" + path.getFileName());
        Runtime.getRuntime().addShutdownHook(hook);
    }

    public Path path() {
        return path;
    }

    /** Creates a directory in it. */
    public Path create(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running or about to; deleting twice does no harm.
        }
    }

    private synchronized void delete() {
        end.run();
        try {
            FileTrees.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
