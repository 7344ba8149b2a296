package io.github.camundabackup.bucket;

import io.github.camundabackup.model.BackupId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of an object that Zeebe wrote: whose copy it belongs to, and which file of it it is.
 *
 * @param copy the copy
 * @param file {@code snapshot/…} or {@code segments/…}; empty for the manifest
 */
record BucketKey(Copy copy, Optional<String> file) {
    /** All folders that partitions' folders lie in, besides the root itself. */
    static final String MANIFESTS = "manifests/";

    static final String CONTENTS = "contents/";

    private static final Pattern PARTITION = Pattern.compile("(?<partition>[1-9]\\d{0,8})/");
    /** Up to 8.8 on S3 everything is in one tree; manifests and contents are apart everywhere else. */
    private static final Pattern KEY = Pattern.compile(
            "(?<tree>manifests/|contents/|)" + PARTITION
                    + "(?<id>[1-9]\\d{0,18})/(?<node>(?:[^/]+_)?\\d{1,9})/(?:manifest\\.json|(?<file>(?:snapshot|segments)/.+))");

    /**
     * What one broker wrote of one partition for one checkpoint.
     *
     * @param node the broker's node id, after its zone and an underscore where brokers have zones
     */
    record Copy(int partition, BackupId backupId, String node) {}

    /** Empty for a key that is not one of Zeebe's. */
    static Optional<BucketKey> parse(String key) {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<String> file = Optional.ofNullable(matcher.group("file"));
        boolean misplaced = switch (matcher.group("tree")) {
            case MANIFESTS -> file.isPresent();
            case CONTENTS -> file.isEmpty();
            default -> false;
        };
        if (misplaced) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BucketKey(
                    new Copy(
                            Integer.parseInt(matcher.group("partition")),
                            BackupId.of(Long.parseLong(matcher.group("id"))),
                            matcher.group("node")),
                    file));
        } catch (NumberFormatException tooLong) {
            return Optional.empty();
        }
    }

    /** The folder in which a key would be one of Zeebe's; empty if there is none. */
    static Optional<String> placeOf(String key) {
        for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
            if (parse(key.substring(slash + 1)).isPresent()) {
                return Optional.of(key.substring(0, slash + 1));
            }
        }
        return Optional.empty();
    }

    /** The partition whose folder has that name, such as {@code contents/3/}; empty for another folder. */
    static Optional<Integer> partitionOf(String folder, String parent) {
        Matcher matcher = PARTITION.matcher(folder.substring(parent.length()));
        return matcher.matches() ? Optional.of(Integer.parseInt(matcher.group("partition"))) : Optional.empty();
    }
}
