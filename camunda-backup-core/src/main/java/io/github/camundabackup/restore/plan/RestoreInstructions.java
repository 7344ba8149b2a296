package io.github.camundabackup.restore.plan;

import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.control.StartOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The instructions for what an operator does by hand in a restore.
 *
 * @see <a href="https://docs.camunda.io/docs/self-managed/operational-guides/backup-restore/restore/">Camunda:
 *     restore</a>
 */
final class RestoreInstructions {
    private static final String HERE = "Execute this plan: it deletes and restores the indices.";

    private RestoreInstructions() {}

    /** What is left when the engine is restored. */
    static List<String> afterEngine(RestorePlan plan) {
        if (plan.scratchPrefix().isPresent()) {
            return List.of("Delete the indices whose names begin with "
                    + plan.names().prefix() + " when you no longer need them.");
        }
        if (plan.recovery().isPresent()) {
            return plan.components().isEmpty()
                    ? List.of()
                    : List.of(plan.startOrder().instruction() + ".");
        }
        return List.of(
                plan.zeebe().deletion() + " Started once for its index templates, Zeebe has filled it.",
                "Run " + plan.zeebe() + ", each with its own configuration and node id"
                        + plan.zeebe().partitionNote() + ". Each must end with the line " + successLine(plan) + ".",
                start(plan));
    }

    static String processes(RestorePlan plan) {
        if (plan.scratchPrefix().isPresent()) {
            return scratch(plan);
        }
        if (plan.recovery().isPresent()) {
            return inRecoveryMode(plan);
        }
        List<String> lines = new ArrayList<>();
        lines.add("Stop " + Phrases.names(plan.components()) + ". The search engine goes on running.");
        lines.add(HERE);
        lines.add(
                plan.zeebe().physicalTenant().isDefault()
                        ? "Delete the data directory of every Zeebe broker" + dataDirectory(plan)
                                + ", and nothing beside it."
                        : plan.zeebe().deletion());
        lines.add("In the installation of every broker, with its configuration"
                + plan.zeebe().partitionNote() + ":");
        lines.addAll(plan.zeebe().invocations());
        lines.add("Each must end with exit code 0 and the line " + successLine(plan) + ".");
        lines.add(start(plan));
        return numbered(lines);
    }

    static String kubernetes(RestorePlan plan) {
        if (plan.scratchPrefix().isPresent()) {
            return scratch(plan);
        }
        if (plan.recovery().isPresent()) {
            return inRecoveryMode(plan);
        }
        StartOrder order = plan.startOrder();
        List<String> lines = new ArrayList<>();
        lines.add("Scale the workloads of " + Phrases.names(plan.components())
                + " to 0, and wait until their pods are gone. The search engine goes on running:");
        lines.add("    kubectl scale deployment,statefulset --replicas=0 --selector=<the components> --namespace"
                + " <namespace>");
        lines.add(HERE);
        if (plan.zeebe().physicalTenant().isDefault()) {
            lines.add("Delete the persistent volume claims of the Zeebe brokers" + dataDirectory(plan)
                    + ", and no others:");
            lines.add("    kubectl delete persistentvolumeclaim --selector=<the brokers> --namespace <namespace>");
        } else {
            lines.add(plan.zeebe().deletion() + " Keep the persistent volume claims.");
        }
        lines.add("With Helm, set this for the brokers" + plan.zeebe().partitionNote()
                + ", and upgrade with all other components at 0, but with Identity and what it needs, which stay on:");
        lines.add("    env:");
        plan.zeebe().kubernetesEnvironment().forEach((name, value) -> {
            lines.add("      - name: " + name);
            lines.add("        value: \"" + value + "\"");
        });
        plan.zeebe().kubernetesCommand(plan.versions()).ifPresent(command -> {
            lines.add("    Helm charts before 12.1.0, and those for 8.4 to 8.6 of that time, overlook this"
                    + " (camunda-platform-helm#3445). With them, set the command as well (for one region):");
            lines.add("    " + command);
        });
        lines.add("Follow the log of every broker from its beginning, and keep it:");
        lines.add("    kubectl logs --follow <broker> --namespace <namespace> | tee <broker>.log");
        lines.add("Wait until every broker has logged " + successLine(plan)
                + ". Its container then ends and is started again (CrashLoopBackOff), finds its data and does nothing:"
                + " kubectl logs --previous shows only the last attempt.");
        lines.add("Take the environment away again, and upgrade to the full number of replicas in version "
                + RestorePlanText.versions(plan) + ". " + order.instruction() + ".");
        return numbered(lines);
    }

    private static String dataDirectory(RestorePlan plan) {
        return plan.zeebe()
                .dataDirectory(
                        plan.versions(Component.ZEEBE).isEmpty() ? plan.versions() : plan.versions(Component.ZEEBE))
                .map(directory -> " (in Camunda's images " + directory + ")")
                .orElse("");
    }

    private static String start(RestorePlan plan) {
        return plan.startOrder().instruction() + ", in version " + RestorePlanText.versions(plan) + ".";
    }

    private static String scratch(RestorePlan plan) {
        return HERE + " Nothing has to be stopped. " + String.join(" ", afterEngine(plan));
    }

    private static String inRecoveryMode(RestorePlan plan) {
        List<String> lines = new ArrayList<>();
        if (!plan.components().isEmpty()) {
            lines.add("Stop " + Phrases.names(plan.components()) + ". Everything else goes on running.");
        }
        lines.add("Execute this plan: it sets the cluster into recovery mode, deletes and restores the indices, has the"
                + " cluster restore Zeebe, and waits until it processes again.");
        lines.addAll(afterEngine(plan));
        return numbered(lines);
    }

    private static String successLine(RestorePlan plan) {
        return plan.zeebe().successLine(plan.versions());
    }

    /** Indented lines belong to the one before. */
    private static String numbered(List<String> lines) {
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (String line : lines) {
            text.append(line.startsWith(" ") ? "" : ++number + ". ")
                    .append(line)
                    .append('\n');
        }
        return text.toString().stripTrailing();
    }
}
