package io.github.camundabackup.database.jdbc;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.github.camundabackup.database.DatabaseBackup;
import io.github.camundabackup.database.DatabaseDump;
import io.github.camundabackup.database.DatabaseDump.State;
import io.github.camundabackup.database.DumpFile;
import io.github.camundabackup.database.DumpId;
import io.github.camundabackup.error.DatabaseStoreException;
import io.github.camundabackup.error.DatabaseStoreException.Reason;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory with a directory for each dump. Whatever is killed whenever, what is there under a dump's name has a
 * manifest and is whole, or is known to be unfinished: a dump begins, and goes, by one move from or to a name that is
 * none of a dump.
 */
final class DumpDirectory {
    static final String MANIFEST = "manifest.json";
    static final String RUN = "run.json";
    static final String TOOL = "tool.json";
    private static final Logger LOG = LoggerFactory.getLogger(DumpDirectory.class);
    private static final String BEGINNING = ".beginning";
    private static final String DELETED = ".deleted";
    private static final Pattern LEFT_OVER = Pattern.compile("\\..+\\.[0-9a-f]{8}\\.(beginning|deleted)");
    /** After so long without a sign of life, a run that cannot be seen from here is over. */
    private static final Duration SILENCE = Duration.ofHours(1);

    private static final int SECONDS_TO_DIE = 10;

    private final Path root;

    DumpDirectory(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    Path root() {
        return root;
    }

    /** By id. */
    List<DatabaseDump> list(Instant now) throws IOException {
        List<DatabaseDump> dumps = new ArrayList<>();
        try (Stream<Path> names = Files.list(root)) {
            for (Path name : names.sorted().toList()) {
                Optional<DumpId> id = id(name.getFileName().toString());
                if (id.isPresent()) {
                    get(id.get(), now).ifPresent(dumps::add);
                }
            }
        } catch (NoSuchFileException none) {
            return List.of();
        }
        return dumps;
    }

    private static Optional<DumpId> id(String name) {
        try {
            return Optional.of(new DumpId(name));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    Optional<DatabaseDump> get(DumpId id, Instant now) throws IOException {
        Path home = root.resolve(id.value());
        if (!Files.isDirectory(home)) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(id, home, now));
        } catch (IOException e) {
            return Optional.of(other(id, State.UNREADABLE, "What is in " + home + " cannot be read: " + e));
        }
    }

    private static DatabaseDump read(DumpId id, Path home, Instant now) throws IOException {
        Optional<String> manifest = text(home.resolve(MANIFEST));
        if (manifest.isPresent()) {
            return described(id, manifest.get());
        }
        Optional<String> run = text(home.resolve(RUN));
        if (run.isEmpty()) {
            // The last steps of its run may have come between.
            return text(home.resolve(MANIFEST))
                    .map(text -> described(id, text))
                    .orElseGet(() -> other(
                            id,
                            State.UNREADABLE,
                            "The directory " + home + " has no " + MANIFEST + " and no " + RUN
                                    + ", so it is no dump of this library, or something of it was deleted."));
        }
        return isAlive(run.get(), home.resolve(RUN), now)
                ? other(id, State.RUNNING, "It has no manifest yet.")
                : other(id, State.UNFINISHED, "It has no manifest, and who made it has ended.");
    }

    private static DatabaseDump described(DumpId id, String manifest) {
        try {
            DatabaseBackup backup = ManifestJson.read(manifest).backup();
            return backup.id().equals(id)
                    ? new DatabaseDump(id, State.COMPLETE, Optional.of(backup), "")
                    : other(id, State.UNREADABLE, "Its manifest is that of the dump " + backup.id() + ".");
        } catch (IllegalArgumentException | ArithmeticException e) {
            return other(id, State.UNREADABLE, String.valueOf(e.getMessage()));
        }
    }

    private static DatabaseDump other(DumpId id, State state, String detail) {
        return new DatabaseDump(id, state, Optional.empty(), detail);
    }

    private static Optional<String> text(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private static boolean isAlive(String run, Path file, Instant now) throws IOException {
        Owner owner;
        try {
            owner = Owner.read(run);
        } catch (IllegalArgumentException ofALaterVersion) {
            return true;
        }
        if (owner.hasEnded()) {
            return false;
        }
        return owner.runs() || isRecent(file, now);
    }

    private static boolean isRecent(Path file, Instant now) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().plus(SILENCE).isAfter(now);
        } catch (NoSuchFileException gone) {
            return true;
        }
    }

    /** Begins a dump under a name that is not in use. */
    DumpRun begin(DumpId id) throws IOException {
        Files.createDirectories(root);
        String unique = unique();
        Path beginning = Files.createDirectory(root.resolve("." + id + "." + unique + BEGINNING));
        String data = "dump." + unique;
        Path home = root.resolve(id.value());
        try {
            DurableFiles.write(beginning.resolve(RUN), Owner.here(data).toJson());
            if (Files.exists(home)) {
                throw inUse(id);
            }
            Files.move(beginning, home, ATOMIC_MOVE);
        } catch (FileSystemException e) {
            DurableFiles.deleteTree(beginning);
            if (Files.exists(home)) {
                throw inUse(id);
            }
            throw e;
        } catch (DatabaseStoreException e) {
            DurableFiles.deleteTree(beginning);
            throw e;
        }
        DurableFiles.forceNames(root);
        return new DumpRun(this, id, home, data);
    }

    private DatabaseStoreException inUse(DumpId id) {
        return new DatabaseStoreException(
                Reason.NAME_IN_USE,
                "There is a dump " + id + " in " + root + " already. Take another name, or delete it.",
                null);
    }

    /** The directory of a finished dump that has what the tool wrote. */
    Path data(DumpId id) throws IOException {
        Path home = root.resolve(id.value());
        Path data = home.resolve(
                ManifestJson.read(Files.readString(home.resolve(MANIFEST))).data());
        if (!data.normalize().startsWith(home)) {
            throw new DatabaseStoreException(
                    Reason.DUMP_DAMAGED, "The manifest of the dump " + id + " names a directory outside of it.", null);
        }
        return data;
    }

    /**
     * Reads a finished dump, and compares it with its manifest.
     *
     * @param read called with each piece that was read
     * @return what is not as it says, as sentences
     */
    List<String> problems(DatabaseBackup backup, LongConsumer read) throws IOException {
        Path home = root.resolve(backup.id().value());
        List<String> problems = new ArrayList<>();
        Set<Path> known = new HashSet<>();
        for (DumpFile file : backup.files()) {
            Path path = home.resolve(file.path()).normalize();
            known.add(path);
            if (!path.startsWith(home)) {
                problems.add("The manifest names a file outside of the dump, " + file.path() + ".");
            } else if (!Files.isRegularFile(path)) {
                problems.add("The file " + file.path() + " is missing.");
            } else if (Files.size(path) != file.size()) {
                problems.add("The file " + file.path() + " has " + Files.size(path) + " bytes, and had " + file.size()
                        + " when it was written.");
            } else if (!DurableFiles.digest(path, file.path(), read).equals(file)) {
                problems.add("The contents of the file " + file.path() + " are not what was written.");
            }
        }
        for (Path file : DurableFiles.filesBelow(data(backup.id()))) {
            if (!known.contains(file.normalize())) {
                problems.add("The file " + home.relativize(file) + " is not in the manifest.");
            }
        }
        return problems;
    }

    /** Deletes a dump, at once as far as others see. */
    void remove(DumpId id) throws IOException {
        Optional<Path> hidden = hide(id);
        if (hidden.isPresent()) {
            DurableFiles.deleteTree(hidden.get());
        }
    }

    /** Empty if there is none. */
    private Optional<Path> hide(DumpId id) throws IOException {
        Path deleted = root.resolve("." + id + "." + unique() + DELETED);
        try {
            Files.move(root.resolve(id.value()), deleted, ATOMIC_MOVE);
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
        DurableFiles.forceNames(root);
        return Optional.of(deleted);
    }

    /**
     * Deletes a dump that is no longer being made, and ends a tool that has outlived whoever made it.
     *
     * @return false if it was kept: it was believed to be unfinished, and was completed at that moment
     */
    boolean discard(DatabaseDump dump) throws IOException {
        if (dump.state() != State.UNFINISHED) {
            remove(dump.id());
            return true;
        }
        Path home = root.resolve(dump.id().value());
        endTool(home);
        Optional<Path> hidden = hide(dump.id());
        if (hidden.isPresent()) {
            if (Files.exists(hidden.get().resolve(MANIFEST))) {
                Files.move(hidden.get(), home, ATOMIC_MOVE);
                DurableFiles.forceNames(root);
                return false;
            }
            DurableFiles.deleteTree(hidden.get());
        }
        return true;
    }

    /** Removes what earlier runs have left, once nothing of them runs any more. */
    void sweep(Instant now) throws IOException {
        for (DatabaseDump dump : list(now)) {
            if (dump.state() == State.UNFINISHED && discard(dump)) {
                LOG.info("Removed the dump {} in {}, which was not finished", dump.id(), root);
            }
        }
        List<Path> names;
        try (Stream<Path> all = Files.list(root)) {
            names = all.toList();
        } catch (NoSuchFileException none) {
            return;
        }
        for (Path name : names) {
            String text = name.getFileName().toString();
            if (LEFT_OVER.matcher(text).matches() && (text.endsWith(DELETED) || hasNotBegun(name, now))) {
                DurableFiles.deleteTree(name);
            }
        }
    }

    private static boolean hasNotBegun(Path beginning, Instant now) throws IOException {
        Optional<String> run = text(beginning.resolve(RUN));
        return run.isPresent()
                ? !isAlive(run.get(), beginning.resolve(RUN), now)
                : Files.exists(beginning) && !isRecent(beginning, now);
    }

    /** A tool goes on when its process is killed. */
    private static void endTool(Path home) throws IOException {
        Optional<Owner> tool = text(home.resolve(TOOL)).map(Owner::read);
        if (tool.isEmpty() || !tool.get().runs()) {
            return;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(tool.get().process());
        if (process.isEmpty()) {
            return;
        }
        List<ProcessHandle> tree =
                Stream.concat(process.stream(), process.get().descendants()).toList();
        tree.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle each : tree) {
            try {
                each.onExit().get(SECONDS_TO_DIE, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                throw new IOException(
                        "the tool of the unfinished dump in " + home + ", process " + each.pid() + ", does not end", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
