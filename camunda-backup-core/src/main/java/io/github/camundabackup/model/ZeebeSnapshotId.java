package io.github.camundabackup.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a snapshot that Zeebe makes of a partition: {@code index-term-processedPosition-exportedPosition}, from 8.6
 * on with the broker's id at the end.
 *
 * @param processed up to where the log is processed in it
 * @param exported up to where the log is exported: a Zeebe that is restored from it exports again from there
 */
public record ZeebeSnapshotId(long processed, long exported) {
    private static final Pattern ID = Pattern.compile("\\d+-\\d+-(?<processed>\\d{1,18})-(?<exported>\\d{1,18})(-.*)?");

    /** Empty for an id of another form. */
    public static Optional<ZeebeSnapshotId> parse(String id) {
        Matcher matcher = ID.matcher(id);
        return matcher.matches()
                ? Optional.of(new ZeebeSnapshotId(
                        Long.parseLong(matcher.group("processed")), Long.parseLong(matcher.group("exported"))))
                : Optional.empty();
    }
}
