package io.github.camundabackup.test.simulation.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a simulated cluster writes Zeebe's backups to, as a real Zeebe writes them to its object store. Implement it for
 * a bucket of a real store; called with one object after the other.
 */
public interface SimulatedBucket {
    /** Writes an object, or replaces it. */
    void put(String key, byte[] content);

    /** Deletes an object, if it is there. */
    void delete(String key);

    /** Which keys and manifests there are. Default: as in a directory, and as in the buckets of Google and Azure. */
    default Layout layout() {
        return Layout.COMMON;
    }

    /** How the objects are named and written. */
    enum Layout {
        /** Directories, Google, Azure: manifests and contents apart in every version. */
        COMMON,
        /** S3: one tree up to 8.8, and two from 8.9. */
        S3
    }

    /**
     * A directory.
     *
     * @param directory need not exist yet
     */
    static SimulatedBucket directory(Path directory) {
        return new SimulatedBucket() {
            @Override
            public void put(String key, byte[] content) {
                try {
                    Path file = directory.resolve(key);
                    Files.createDirectories(file.getParent());
                    Files.write(file, content);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void delete(String key) {
                try {
                    Files.deleteIfExists(directory.resolve(key));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    /** The same place, written to as Zeebe writes to S3. */
    static SimulatedBucket asS3(SimulatedBucket place) {
        return new SimulatedBucket() {
            @Override
            public void put(String key, byte[] content) {
                place.put(key, content);
            }

            @Override
            public void delete(String key) {
                place.delete(key);
            }

            @Override
            public Layout layout() {
                return Layout.S3;
            }
        };
    }
}
