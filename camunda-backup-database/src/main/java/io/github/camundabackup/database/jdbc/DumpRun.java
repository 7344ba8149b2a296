package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.database.DatabaseBackup;
import io.github.camundabackup.database.DumpFile;
import io.github.camundabackup.database.DumpId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** A dump that is being made. */
final class DumpRun {
    private final DumpDirectory directory;
    private final DumpId id;
    private final Path home;
    private final String data;

    /**
     * @param data the name of the directory for what the tool writes
     */
    DumpRun(DumpDirectory directory, DumpId id, Path home, String data) {
        this.directory = directory;
        this.id = id;
        this.home = home;
        this.data = data;
    }

    DumpId id() {
        return id;
    }

    /** Where the tool writes to; not made yet. */
    Path data() {
        return home.resolve(data);
    }

    /** Puts a tool on record, so that it is ended by whoever finds it without this process. */
    void toolStarted(ProcessHandle tool) {
        try {
            DurableFiles.write(
                    home.resolve(DumpDirectory.TOOL), Owner.of(tool, data).toJson());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A sign of life.
     *
     * @return how much the tool has written
     */
    long beat(Instant now) throws IOException {
        Files.setLastModifiedTime(home.resolve(DumpDirectory.RUN), FileTime.from(now));
        return DurableFiles.bytesBelow(data());
    }

    /**
     * Reads all that the tool has written, and makes sure that the disk has it.
     *
     * @param read called with each piece that was read
     */
    List<DumpFile> files(LongConsumer read) throws IOException {
        List<DumpFile> files = new ArrayList<>();
        for (Path file : DurableFiles.filesBelow(data())) {
            DurableFiles.force(file);
            files.add(DurableFiles.digest(file, home.relativize(file).toString().replace('\\', '/'), read));
        }
        DurableFiles.forceNames(data());
        DurableFiles.forceNames(home);
        return files;
    }

    /** From now on the dump counts. */
    void complete(DatabaseBackup backup) throws IOException {
        DurableFiles.write(
                home.resolve(DumpDirectory.MANIFEST), ManifestJson.write(new ManifestJson.Manifest(backup, data)));
        Files.deleteIfExists(home.resolve(DumpDirectory.TOOL));
        Files.deleteIfExists(home.resolve(DumpDirectory.RUN));
    }

    /** Nothing of it stays. */
    void abandon() throws IOException {
        directory.remove(id);
    }
}
