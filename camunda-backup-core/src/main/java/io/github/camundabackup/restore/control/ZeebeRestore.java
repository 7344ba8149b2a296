package io.github.camundabackup.restore.control;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.PhysicalTenant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The restore of Zeebe, to be done by the control or an operator: on every broker its restore application, with the
 * broker's own configuration and an empty data directory.
 *
 * @see <a href="https://docs.camunda.io/docs/self-managed/operational-guides/backup-restore/restore/">Camunda:
 *     restore</a>
 */
public final class ZeebeRestore {
    private final BackupId backupId;
    private final OptionalInt brokers;
    private final OptionalInt partitions;
    private final CamundaLines lines;
    private final PhysicalTenant tenant;
    private final Pattern success;

    /**
     * @param brokers how many brokers the cluster has; empty if that is not known, and 0 if nothing is to be done on any,
     *     as the cluster restores itself
     * @param partitions how many partitions the backup has; empty if that is not known
     */
    public ZeebeRestore(BackupId backupId, OptionalInt brokers, OptionalInt partitions) {
        this(backupId, brokers, partitions, CamundaLines.known());
    }

    /**
     * As the other one, for a user's own line.
     *
     * @param lines what their restore applications log at the end
     */
    public ZeebeRestore(BackupId backupId, OptionalInt brokers, OptionalInt partitions, CamundaLines lines) {
        this(backupId, brokers, partitions, lines, PhysicalTenant.DEFAULT);
    }

    /**
     * As the other one, for a physical tenant.
     *
     * @param tenant whose data is restored; that of others stays
     */
    public ZeebeRestore(
            BackupId backupId, OptionalInt brokers, OptionalInt partitions, CamundaLines lines, PhysicalTenant tenant) {
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.backupId = Objects.requireNonNull(backupId, "backupId");
        this.brokers = brokers;
        this.partitions = partitions;
        this.lines = lines;
        success = Pattern.compile(lines.all().stream()
                .map(line -> line.restoredLogLine(backupId))
                .distinct()
                // 17 is not the beginning of 170.
                .map(line -> Pattern.quote(line) + "(?!\\w)")
                .collect(Collectors.joining("|", "(", ").*")));
    }

    /**
     * What the restore application logs at the end, quoted, by the versions of the backup; all of it if these are not
     * known.
     */
    public String successLine(Collection<String> versions) {
        List<CamundaLine> named = named(versions);
        CamundaLine newest = named.isEmpty() ? lines.all().get(0) : named.get(named.size() - 1);
        String line = "\"" + newest.restoredLogLine(backupId) + "\"";
        if (named.isEmpty()) {
            return line + " (8.9 writes the id in brackets, 8.10 counts physical tenants)";
        }
        return line.contains(backupId.toString()) ? line : "that begins with " + line;
    }

    private List<CamundaLine> named(Collection<String> versions) {
        return versions.stream()
                .flatMap(version -> lines.ofVersion(version).stream())
                .distinct()
                .toList();
    }

    /**
     * Where brokers have their data in Camunda's images, by the versions of the backup; empty if these are not known.
     */
    public Optional<String> dataDirectory(Collection<String> versions) {
        return named(versions).stream().reduce((first, last) -> last).map(line -> line.home() + "/data");
    }

    /**
     * The command of a broker's container, as YAML, for Helm charts that overlook {@link #kubernetesEnvironment()}:
     * those for 8.4 to 8.7 have a start script of their own, which did not restore at first, and sets the node id.
     *
     * @return empty if the charts of these versions do not overlook it
     * @see <a href="https://github.com/camunda/camunda-platform-helm/issues/3445">camunda-platform-helm#3445</a>
     * @see <a href="https://github.com/camunda/camunda/issues/16151">camunda#16151: without a node id, every broker
     *     restores the partitions of the first one</a>
     */
    public Optional<String> kubernetesCommand(Collection<String> versions) {
        return named(versions).stream()
                .filter(CamundaLine.UP_TO_8_7::equals)
                .findFirst()
                .map(line -> "command: [\"sh\", \"-c\", \"export ZEEBE_BROKER_CLUSTER_NODEID=${HOSTNAME##*-}; exec "
                        + line.home() + "/" + String.join(" ", command()) + "\"]");
    }

    public BackupId backupId() {
        return backupId;
    }

    /** The physical tenant whose data is restored; the default one where there are no others. */
    public PhysicalTenant physicalTenant() {
        return tenant;
    }

    /** How many brokers the cluster has; empty if not configured, and 0 where the cluster restores itself. */
    public OptionalInt brokers() {
        return brokers;
    }

    /**
     * How many partitions the backup has, which must be what the brokers are configured with; empty if that is not
     * known.
     */
    public OptionalInt partitions() {
        return partitions;
    }

    /** The brokers' node ids, from 0; none if the number of brokers is not configured. */
    public List<Integer> nodeIds() {
        return IntStream.range(0, brokers.orElse(0)).boxed().toList();
    }

    /** The restore application, to be run in the broker's installation with the broker's configuration. */
    public List<String> command() {
        return tenant.isDefault()
                ? List.of("bin/restore", "--backupId=" + backupId)
                : List.of("bin/restore", "--backupId=" + backupId, "--tenantId=" + tenant);
    }

    /** What a bare process needs in its environment beside the broker's own configuration. */
    public Map<String, String> environment(int nodeId) {
        return Map.of("ZEEBE_BROKER_CLUSTER_NODEID", Integer.toString(nodeId));
    }

    /** What a broker's container in Kubernetes needs in its environment, so that it restores instead of starting. */
    public Map<String, String> kubernetesEnvironment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("SPRING_PROFILES_ACTIVE", "restore");
        environment.put("ZEEBE_RESTORE", "true");
        environment.put("ZEEBE_RESTORE_FROM_BACKUP_ID", backupId.toString());
        if (!tenant.isDefault()) {
            environment.put("ZEEBE_RESTORE_TENANT_ID", tenant.id());
        }
        return environment;
    }

    /**
     * How the restore application is run: an indented line for each broker, or one for all if it is not known how many
     * there are.
     */
    public List<String> invocations() {
        String command = String.join(" ", command());
        return nodeIds().isEmpty()
                ? List.of("    " + command)
                : nodeIds().stream()
                        .map(node -> "    " + assignments(environment(node)) + " " + command)
                        .toList();
    }

    /**
     * Which number of partitions the brokers must be configured with, in parentheses after a space; empty if that is
     * not known.
     */
    public String partitionNote() {
        return partitions.isPresent() ? " (with " + partitions.getAsInt() + " partitions, as in the backup)" : "";
    }

    /** What must be deleted before, as a sentence: of a physical tenant only what is its own. */
    public String deletion() {
        return tenant.isDefault()
                ? "Delete the data of every Zeebe broker."
                : "Delete the data of the physical tenant " + tenant
                        + " on every Zeebe broker, the directory of that tenant alone: the brokers hold the data of"
                        + " other tenants, too, which stays.";
    }

    /** What an operator does on the brokers, as one text. */
    public String instructions() {
        return deletion() + " In the installation of every broker, with its configuration"
                + partitionNote() + ", run\n" + String.join("\n", invocations())
                + "\nEach must end with exit code 0 and the line " + successLine(List.of())
                + ". In Kubernetes: set " + assignments(kubernetesEnvironment()) + " for the brokers instead.";
    }

    private static String assignments(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .collect(Collectors.joining(" "));
    }

    /** Whether a line of the restore application's log says that it succeeded. Its exit code must be 0, too. */
    public boolean isSuccess(String logLine) {
        return success.matcher(logLine).find();
    }

    /** As {@link #isSuccess}, for a whole log; the line itself. */
    public Optional<String> successIn(List<String> log) {
        return log.stream().filter(this::isSuccess).findFirst();
    }

    @Override
    public String toString() {
        return String.join(" ", command()) + " on "
                + (brokers.isPresent() ? "each of " + brokers.getAsInt() + " brokers" : "every broker");
    }
}
