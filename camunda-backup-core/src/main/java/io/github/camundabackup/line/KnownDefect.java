package io.github.camundabackup.line;

import java.util.Objects;

/**
 * A defect of some releases that matters to an operator who restores one of their backups.
 *
 * @param reference where it is described, such as {@code camunda#41325}
 * @param release the releases that have it, such as 8.6, without the patch
 * @param fixedInPatch the first patch without it; {@code Integer.MAX_VALUE} if there is none, and 0 if only releases
 *     before the first one have it, as 8.9.0-alpha3
 * @param consequence what happens and what to do, as sentences that follow the component and its version, such as
 *     "Zeebe 8.6.0 "
 */
public record KnownDefect(String reference, String release, int fixedInPatch, String consequence) {
    public KnownDefect {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(consequence, "consequence");
    }

    /** Whether a version, such as {@code 8.6.0} or {@code 8.6.0-rc1}, has it; not if it cannot be read. */
    public boolean affects(String version) {
        if (!version.startsWith(release + ".")) {
            return false;
        }
        String patch = version.substring(release.length() + 1).split("\\D", 2)[0];
        if (fixedInPatch == 0) {
            return version.startsWith(release + ".0-");
        }
        return !patch.isEmpty() && patch.length() < 9 && Integer.parseInt(patch) < fixedInPatch;
    }
}
