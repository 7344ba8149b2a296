package io.github.camundabackup.samples.restoredrill;

import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.samples.quickstart.Environment.BadValueException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * Rehearses a restore: beside what is in use, or as the whole circle in place; on the cluster that the environment
 * describes, or on a simulated one. Ends with 0 if the backup was restored and everything holds that is asked of it,
 * with 1 if not, and with 2 for a value in the environment that cannot be used.
 */
public final class RestoreDrillSample {
    private static final String MODE = "CAMUNDA_BACKUP_DRILL";

    private RestoreDrillSample() {}

    public static void main(String[] arguments) {
        int exitCode = run(System.getenv(), System.out);
        System.out.flush();
        // The exit code is the whole point for a caller in a script, also inside Maven.
        System.exit(exitCode);
    }

    /** Runs the drill that the environment asks for. An operator is asked at the console. */
    public static int run(Map<String, String> environment, PrintStream out) {
        return run(environment, System.in, out);
    }

    static int run(Map<String, String> environment, InputStream in, PrintStream out) {
        try (ClientResources resources = ClientResources.create()) {
            String mode = environment.getOrDefault(MODE, "");
            return switch (mode.isBlank() ? "beside" : mode) {
                case "beside" -> DrillBeside.run(environment, out);
                case "circle" -> {
                    CircleConfiguration configuration = CircleConfiguration.of(environment);
                    Console console = new Console(in, out, resources);
                    try (TestCluster cluster = configuration.cluster(console, resources)) {
                        yield WholeCircle.run(cluster, configuration, resources, out);
                    }
                }
                default -> throw new BadValueException(MODE + ": must be beside or circle, but is \"" + mode + "\".");
            };
        } catch (BadValueException e) {
            out.println(e.getMessage());
            return 2;
        }
    }
}
