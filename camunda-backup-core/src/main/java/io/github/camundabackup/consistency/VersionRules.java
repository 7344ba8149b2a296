package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.consistency.evidence.SnapshotEvidence;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks that each component has one version, the one that the run saw, and that all have one minor version. */
final class VersionRules {
    private static final Pattern MINOR = Pattern.compile("(\\d+\\.\\d+).*");

    private VersionRules() {}

    static void check(Evidence evidence, Expectation expectation, Findings findings) {
        Map<String, Set<Component>> byMinor = new TreeMap<>();
        for (Component component : evidence.present()) {
            // Exported records have no version in their name, and of a part that is not Camunda's none is demanded.
            if (component.equals(Component.ZEEBE_RECORDS)
                    || evidence.lines().component(component).isEmpty()) {
                continue;
            }
            Set<String> versions = versions(evidence, component);
            if (versions.isEmpty() || (component.equals(Component.ZEEBE) && someAreSilent(evidence))) {
                findings.add(FindingCode.VERSION_UNKNOWN, component, "Nothing tells which version made all of it.");
            }
            Set<String> seen = expectation.versions().getOrDefault(component, List.of()).stream()
                    .map(VersionRules::normal)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (versions.size() > 1 || (!seen.isEmpty() && !seen.equals(versions))) {
                findings.add(
                        FindingCode.VERSIONS_DIFFER,
                        component,
                        "It is of " + Phrases.list(versions)
                                + (seen.isEmpty()
                                        ? ""
                                        : ", and " + expectation.source() + " says " + Phrases.list(seen))
                                + ".");
            }
            versions.forEach(version -> byMinor.computeIfAbsent(minor(version), key -> new TreeSet<>())
                    .add(component));
        }
        if (byMinor.size() > 1) {
            findings.add(
                    FindingCode.MINOR_VERSIONS_DIFFER,
                    byMinor.entrySet().stream()
                                    .map(entry -> entry.getKey() + ": " + Phrases.names(entry.getValue()))
                                    .collect(Collectors.joining("; "))
                            + ".");
        }
    }

    private static boolean someAreSilent(Evidence evidence) {
        return evidence.zeebe().stream()
                .flatMap(reported -> reported.partitions().stream())
                .anyMatch(partition -> partition.state() == BackupState.COMPLETED
                        && partition.version().isEmpty());
    }

    private static Set<String> versions(Evidence evidence, Component component) {
        Stream<String> versions = component.equals(Component.ZEEBE)
                ? evidence.zeebe().stream()
                        .flatMap(reported -> reported.partitions().stream())
                        .flatMap(partition -> partition.version().stream())
                : evidence.snapshots(component).stream().map(SnapshotEvidence::version);
        return versions.map(VersionRules::normal).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of snapshots hold versions in lower case. */
    private static String normal(String version) {
        return version.toLowerCase(Locale.ROOT);
    }

    private static String minor(String version) {
        Matcher matcher = MINOR.matcher(version);
        return matcher.matches() ? matcher.group(1) : version;
    }
}
