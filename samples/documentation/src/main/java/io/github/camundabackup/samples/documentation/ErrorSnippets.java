package io.github.camundabackup.samples.documentation;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.PreflightFailedException;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.ConfigurationMismatchException;
import io.github.camundabackup.exporting.ExportingClient;
import io.github.camundabackup.runtime.ClientResources;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionException;

/** For docs/guide/checks.md and docs/guide/errors.md. */
final class ErrorSnippets {
    private ErrorSnippets() {}

    static List<String> problems(CamundaBackupClient client) {
        // snippet
        try {
            client.preflight().join().forEach(warning -> System.out.println("Warning: " + warning));
        } catch (CompletionException e) {
            if (e.getCause() instanceof PreflightFailedException found) {
                return found.problems();
            }
            if (e.getCause() instanceof ConfigurationMismatchException mismatch) {
                return mismatch.problems();
            }
            throw e;
        }
        // end
        return List.of();
    }

    static String describe(BackupFailedException failed) {
        // snippet
        String advice = switch (failed.report().outcome()) {
            case REFUSED -> "Nothing was changed. Correct what the message says, and start again.";
            case FAILED, CANCELLED -> "This id is used up. Start a new backup with a higher one.";
            case COMPLETED -> "";
        };
        String exporting = switch (failed.pause().state()) {
            case NOT_PAUSED, RESUMED -> "Exporting runs.";
            case PAUSED, NOT_RESUMED, TAKEN_OVER -> failed.pause().instruction();
        };
        // end
        return advice + " " + exporting;
    }

    static void resume() {
        // snippet
        try (ClientResources resources = ClientResources.create()) {
            ExportingClient exporting =
                    ExportingClient.create(Endpoint.of(URI.create("http://camunda.internal:9600")), resources);
            exporting.resume().join();
            System.out.println(exporting.status().join());
        }
        // end
    }
}
