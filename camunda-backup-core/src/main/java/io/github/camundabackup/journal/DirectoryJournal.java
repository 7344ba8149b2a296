package io.github.camundabackup.journal;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.json.Json;
import io.github.camundabackup.internal.json.JsonFormatException;
import io.github.camundabackup.internal.json.JsonValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A journal in a directory, which must be there for every process that backs up this cluster, and for no other cluster.
 * It excludes processes that see the same directory: on one machine, or on a shared file system that has locks. Every
 * write goes to a new file that is forced to the disk and then takes the old one's place; the old one is kept, for the
 * case that the new one was torn by a crash of the machine.
 */
public final class DirectoryJournal implements BackupJournal {
    private static final int FORMAT_VERSION = 1;

    private final Path directory;

    private DirectoryJournal(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes a journal. Nothing is read or written yet; the directory is created with the first write.
     *
     * @param directory of this cluster alone
     */
    public static DirectoryJournal in(Path directory) {
        return new DirectoryJournal(Objects.requireNonNull(directory, "directory"));
    }

    @Override
    public String description() {
        return "the journal in the directory " + directory;
    }

    @Override
    public CompletableFuture<Optional<JournalEntry>> read() {
        try {
            return CompletableFuture.completedFuture(stored().map(Stored::entry));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(failure("read", e));
        }
    }

    @Override
    public CompletableFuture<Optional<JournalEntry>> write(String text, Optional<JournalEntry> replaced) {
        try {
            return CompletableFuture.completedFuture(exchange(text, replaced));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(failure("write", e));
        }
    }

    private synchronized Optional<JournalEntry> exchange(String text, Optional<JournalEntry> replaced)
            throws IOException {
        Files.createDirectories(directory);
        try (FileChannel channel = FileChannel.open(directory.resolve("journal.lock"), CREATE, WRITE);
                FileLock lock = channel.tryLock()) {
            // The system lets go of it when this process dies.
            if (lock == null) {
                return Optional.empty();
            }
            Optional<Stored> stored = stored();
            if (!stored.map(Stored::entry).map(JournalEntry::version).equals(replaced.map(JournalEntry::version))) {
                return Optional.empty();
            }
            Stored next = new Stored(stored.map(Stored::number).orElse(0L) + 1, text);
            replace(next);
            return Optional.of(next.entry());
        } catch (OverlappingFileLockException heldInThisProcess) {
            return Optional.empty();
        }
    }

    private void replace(Stored next) throws IOException {
        Path written = directory.resolve("journal.json.new");
        try (FileChannel file = FileChannel.open(written, CREATE, WRITE, TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(next.toBytes());
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        // A torn file must not take the place of the one that stands in for it.
        if (load(current()).isPresent()) {
            Files.move(current(), previous(), ATOMIC_MOVE, REPLACE_EXISTING);
        }
        Files.move(written, current(), ATOMIC_MOVE, REPLACE_EXISTING);
        try (FileChannel names = FileChannel.open(directory, READ)) {
            names.force(true);
        } catch (IOException directoriesCannotBeForcedHere) {
            // Windows. The moves are in the file system's own journal.
        }
    }

    /** The last complete write. The very first one being torn, nothing was done yet. */
    private Optional<Stored> stored() throws IOException {
        Optional<Stored> stored = load(current());
        if (stored.isPresent()) {
            return stored;
        }
        stored = load(previous());
        if (stored.isEmpty() && Files.exists(previous())) {
            throw new IOException(
                    "neither " + current().getFileName() + " nor " + previous().getFileName() + " can be understood");
        }
        return stored;
    }

    private Path current() {
        return directory.resolve("journal.json");
    }

    private Path previous() {
        return directory.resolve("journal.previous.json");
    }

    /** Empty if it is not there, or torn. */
    private static Optional<Stored> load(Path file) throws IOException {
        JsonValue json;
        try {
            json = Json.read(Files.readAllBytes(file));
        } catch (NoSuchFileException | JsonFormatException notThereOrTorn) {
            return Optional.empty();
        }
        if (json.number("formatVersion").orElse(FORMAT_VERSION) > FORMAT_VERSION) {
            throw new IOException(file.getFileName() + " was written by a later version of this library");
        }
        Stored stored =
                new Stored(json.number("number").orElse(0), json.text("text").orElse(""));
        return json.text("sha256").filter(stored.sha256()::equals).map(intact -> stored);
    }

    private CamundaBackupException failure(String what, IOException e) {
        return new CamundaBackupException(
                "Could not " + what + " " + description() + ": " + e
                        + ". Check that the disk has room and that this process may read and write there.",
                e);
    }

    /** What is in a file. */
    private record Stored(long number, String text) {
        JournalEntry entry() {
            return new JournalEntry(text, Long.toString(number));
        }

        byte[] toBytes() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("formatVersion", FORMAT_VERSION);
            json.put("number", number);
            json.put("text", text);
            json.put("sha256", sha256());
            return Json.writePretty(json).getBytes(StandardCharsets.UTF_8);
        }

        String sha256() {
            try {
                byte[] digest =
                        MessageDigest.getInstance("SHA-256").digest((number + text).getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every JVM has SHA-256.", e);
            }
        }
    }

    /** Where it is. */
    @Override
    public String toString() {
        return description();
    }
}
