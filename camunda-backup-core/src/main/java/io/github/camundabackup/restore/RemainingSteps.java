package io.github.camundabackup.restore;

import io.github.camundabackup.internal.http.RestApi;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.report.RestoreStatus.Step;
import io.github.camundabackup.restore.plan.RestorePlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The steps that are left to do after a restore that ended early. */
final class RemainingSteps {
    /** After a deletion that the engine has refused. */
    static final String NOTHING_CHANGED =
            "Nothing was deleted, and nothing else was changed. Execute the plan again once the reason is gone, or"
                    + " start what was stopped for it.";

    private RemainingSteps() {}

    /**
     * @param reached the last step that was begun, in a run that has changed something
     * @param controlled whether another execution also restores Zeebe and starts the components
     */
    static List<String> of(RestorePlan plan, Step reached, boolean controlled) {
        String again = "Make a new plan of backup " + plan.backupId() + " and execute it";
        List<String> byHand = plan.remainingInstructions();
        if (plan.scratchPrefix().isPresent()) {
            return byHand;
        }
        return switch (reached) {
            case CHECKING, ENDED -> List.of();
            case STOPPING ->
                List.of(
                        Phrases.names(plan.components()) + " were asked to stop, and nothing else was changed. " + again
                                + ", or start them again.",
                        plan.startOrder().instruction() + ".");
            case DELETING, RESTORING, VERIFYING ->
                controlled
                        ? List.of(again
                                + ": what is restored is kept, and the rest, Zeebe and the start follow. Start nothing"
                                + " before.")
                        : join(
                                again + ": what is restored is kept, and the rest is restored. Start nothing before.",
                                byHand);
            case RESTORING_ZEEBE ->
                join(
                        "Every index is restored, and Zeebe is not, or not on every broker: start nothing before it"
                                + " is. "
                                + again
                                + ", which keeps the indices; or do the rest by hand:",
                        byHand);
            case STARTING -> byHand.subList(byHand.size() - 1, byHand.size());
        };
    }

    /**
     * As {@link #of}, where the cluster keeps running.
     *
     * @param left whether the cluster was set back to processing; empty if it was not tried
     */
    static List<String> inRecoveryMode(RestorePlan plan, Step reached, Optional<Boolean> left) {
        String again = "Make a new plan of backup " + plan.backupId() + " and execute it";
        List<String> start = plan.components().isEmpty()
                ? List.of()
                : List.of("Then: " + plan.startOrder().instruction() + ".");
        return switch (reached) {
            case CHECKING, ENDED -> List.of();
            case STOPPING ->
                join(
                        left.orElse(false)
                                ? "Nothing was deleted, and the cluster processes again. " + again
                                        + (plan.components().isEmpty() ? "." : ", or start what was stopped for it.")
                                : "Nothing was deleted. The cluster is in recovery mode, or may still be on its way"
                                        + " there: "
                                        + again
                                        + "; or, if no earlier restore of it has ended half way, have it process"
                                        + " again (PATCH " + path(plan, "mode") + "?mode=PROCESSING).",
                        start);
            case DELETING, RESTORING, VERIFYING ->
                List.of("The cluster is in recovery mode, and its indices are half restored: never set it back to"
                        + " processing by hand (PATCH " + path(plan, "mode") + "). " + again
                        + ": what is restored is kept, and the rest and Zeebe are restored. Start nothing before.");
            case RESTORING_ZEEBE ->
                join(
                        "Every index is restored, and the cluster was asked, or may have been, to restore Zeebe. As"
                                + " long as GET " + path(plan, "restore")
                                + " says IN_PROGRESS, wait: when it is done, the cluster processes"
                                + " again by itself, and the restore is complete. If it has ended, and partitions are in"
                                + " recovery mode still (GET " + path(plan, "topology")
                                + "), do not set them back to processing. "
                                + again + ", which keeps the indices.",
                        start);
            case STARTING -> List.of(plan.startOrder().instruction() + ".");
        };
    }

    /** In the REST API, of the tenant that is restored. */
    private static String path(RestorePlan plan, String resource) {
        return "/" + String.join("/", RestApi.path(plan.zeebe().physicalTenant(), resource));
    }

    private static List<String> join(String first, List<String> others) {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }
}
