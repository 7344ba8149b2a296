package io.github.camundabackup.test.runs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Named pipes in place of the files in a repository that list what each shard has: an engine that deletes a snapshot
 * reads them, and waits until somebody writes there.
 */
final class Pipes {
    private Pipes() {}

    /** Pipes, and where the files are meanwhile. */
    static Map<Path, Path> inPlaceOfShards(Path repository) throws IOException, InterruptedException {
        Map<Path, Path> pipes = new TreeMap<>();
        List<Path> lists;
        try (Stream<Path> files = Files.walk(repository)) {
            lists = files.filter(file -> file.getFileName().toString().startsWith("index-")
                            && Objects.requireNonNull(file.getParent())
                                    .getFileName()
                                    .toString()
                                    .matches("\\d+"))
                    .toList();
        }
        for (Path list : lists) {
            // OpenSearch reads none if no file is named so.
            Path aside = list.resolveSibling(list.getFileName() + ".aside");
            Files.move(list, aside);
            pipes.put(list, aside);
            new ProcessBuilder("mkfifo", "-m", "666", list.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
        }
        return pipes;
    }

    /** Puts the files back, and writes to whoever reads a pipe what is in its file. */
    static void remove(Map<Path, Path> pipes) throws IOException {
        for (Map.Entry<Path, Path> pipe : pipes.entrySet()) {
            Path aside = pipe.getKey().resolveSibling("pipe-" + pipe.getKey().getFileName());
            byte[] contents = Files.readAllBytes(pipe.getValue());
            Files.move(pipe.getKey(), aside);
            Files.move(pipe.getValue(), pipe.getKey());
            // For reading, too: to open it does not wait for a reader then.
            try (RandomAccessFile writer = new RandomAccessFile(aside.toFile(), "rw")) {
                writer.write(contents);
            }
            Files.delete(aside);
        }
    }
}
