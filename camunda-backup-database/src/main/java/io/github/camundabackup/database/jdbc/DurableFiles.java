package io.github.camundabackup.database.jdbc;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.camundabackup.database.DumpFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files that outlive a crash of the machine, or are not there. */
final class DurableFiles {
    private static final int CHUNK = 1 << 20;

    private DurableFiles() {}

    /** Writes a file that is there as a whole or not at all. */
    static void write(Path file, byte[] contents) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(written, CREATE, WRITE, TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(contents);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(written, file, ATOMIC_MOVE, REPLACE_EXISTING);
        forceNames(file.toAbsolutePath().getParent());
    }

    /** Makes sure that the disk has the names in a directory. */
    static void forceNames(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try (FileChannel names = FileChannel.open(directory, READ)) {
            names.force(true);
        } catch (IOException directoriesCannotBeForcedHere) {
            // Windows. The moves are in the file system's own journal.
        }
    }

    /** Makes sure that the disk has a file. */
    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            channel.force(true);
        }
    }

    /**
     * Reads a file for its record.
     *
     * @param path what it is called there
     * @param read called with each piece that was read; ends the reading by throwing
     */
    static DumpFile digest(Path file, String path, LongConsumer read) throws IOException {
        MessageDigest digest = sha256();
        byte[] chunk = new byte[CHUNK];
        long size = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                digest.update(chunk, 0, length);
                size += length;
                read.accept(length);
            }
        }
        return new DumpFile(path, size, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }

    /** All that is below a directory and is no directory, in order; nothing if it is not there. */
    static List<Path> filesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> !Files.isDirectory(file)).sorted().toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    /** How large the files below a directory are together, as far as they are there. */
    static long bytesBelow(Path directory) throws IOException {
        long bytes = 0;
        for (Path file : filesBelow(directory)) {
            bytes += size(file);
        }
        return bytes;
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException goneMeanwhile) {
            return 0;
        }
    }

    /** Deletes a directory and all that is in it; no link is followed. */
    static void deleteTree(Path directory) throws IOException {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    if (failure != null) {
                        throw failure;
                    }
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException gone) {
            return;
        }
    }
}
