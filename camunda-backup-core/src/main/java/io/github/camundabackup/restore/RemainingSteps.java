package io.github.camundabackup.restore;

import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.report.RestoreStatus.Step;
import io.github.camundabackup.restore.plan.RestorePlan;
import java.util.List;
import java.util.stream.Stream;

/** The steps that are left to do after a restore that ended early. */
final class RemainingSteps {
    /** After a deletion that the engine has refused. */
    static final String NOTHING_CHANGED =
            "Nothing was deleted, and nothing else was changed. Execute the plan again once the reason is gone, or start"
                    + " what was stopped for it.";

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
                        "Every index is restored, and Zeebe is not, or not on every broker: start nothing before it is. "
                                + again
                                + ", which keeps the indices; or do the rest by hand:",
                        byHand);
            case STARTING -> byHand.subList(byHand.size() - 1, byHand.size());
        };
    }

    private static List<String> join(String first, List<String> others) {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }
}
