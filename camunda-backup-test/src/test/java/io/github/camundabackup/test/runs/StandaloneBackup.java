package io.github.camundabackup.test.runs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A process in the place of Camunda's standalone backup application. It tells a test that it was started, with the id,
 * and then does what its first argument says.
 */
final class StandaloneBackup {
    private StandaloneBackup() {}

    /** Its command, without the id. */
    static List<String> command(String behaviour, URI test) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StandaloneBackup.class.getName(),
                behaviour,
                test.toString());
    }

    /**
     * Asks for {@code <id>/<process id>} there.
     *
     * @param arguments behaviour ({@code ends}, {@code fails} or {@code hangs}), where the test listens, and the id
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (InputStream answer = URI.create(arguments[1] + "/" + arguments[2] + "/"
                        + ProcessHandle.current().pid())
                .toURL()
                .openStream()) {
            answer.readAllBytes();
        }
        if (arguments[0].equals("hangs")) {
            Thread.currentThread().join();
        }
        System.out.println("Backup with id:[" + arguments[2] + "] is completed!");
        System.exit(arguments[0].equals("fails") ? 17 : 0);
    }
}
