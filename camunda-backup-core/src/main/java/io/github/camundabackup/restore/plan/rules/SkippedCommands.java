package io.github.camundabackup.restore.plan.rules;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A defect of Zeebe's own restore. It cuts a partition's log at the checkpoint and leaves the bytes behind it; the broker, when it writes over
 * them, leaves one byte of each record as it was, and never processes a command where that byte is not zero.
 *
 * @see <a href="https://github.com/camunda/camunda/issues/41325">camunda#41325, mended in 8.6.31 and 8.7.19; from 8.8.0 on logs are not cut</a>
 */
final class SkippedCommands {
    private static final Pattern VERSION = Pattern.compile("8\\.(\\d{1,3})\\.(\\d{1,4})(\\D.*)?");

    private SkippedCommands() {}

    /** What somebody should know who restores a backup of these versions; empty if they do not have the defect, or are not known. */
    static Optional<String> warning(Collection<String> versions) {
        return versions.stream()
                .filter(SkippedCommands::isAffected)
                .findFirst()
                .map(
                        version -> "Zeebe " + version
                                + " skips some of the first commands that each partition gets after a restore: their clients run into timeouts, and"
                                + " an instance that waits for such a command waits for ever (camunda#41325, mended in 8.6.31 and 8.7.19). Restore"
                                + " with exactly the backup's version, and start the brokers with a version in which it is mended, as in any upgrade"
                                + " to a patch; or let clients repeat what ran into a timeout, and look for instances that do not go on.");
    }

    private static boolean isAffected(String version) {
        Matcher numbers = VERSION.matcher(version);
        if (!numbers.matches()) {
            return false;
        }
        int patch = Integer.parseInt(numbers.group(2));
        return switch (Integer.parseInt(numbers.group(1))) {
            case 5 -> true;
            case 6 -> patch < 31;
            case 7 -> patch < 19;
            default -> false;
        };
    }
}
