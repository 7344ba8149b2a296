package io.github.camundabackup.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A registered repository that the engine has just verified.
 *
 * @param name its name
 * @param type such as {@code fs}, {@code s3}, {@code gcs} or {@code azure}
 * @param settings where it is, as registered (bucket, base path, location …): what distinguishes two repositories.
 *     Values that could be secrets are left out
 * @param alsoAs under which other names the engine has the same place registered, not read-only; none if it does not
 *     tell. Of two such registrations each breaks what the other one has written
 * @param verifiedByNodes how many nodes have written to it
 */
public record RepositoryInfo(
        String name, String type, Map<String, String> settings, List<String> alsoAs, int verifiedByNodes) {
    public RepositoryInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        settings = Map.copyOf(settings);
        alsoAs = List.copyOf(alsoAs);
    }
}
