package io.github.camundabackup.continuous;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The times that a restore is asked for: {@code --from} and {@code --to} of the restore application.
 *
 * @param from backups from before are not used; empty for as many as are needed
 * @param to the checkpoint is taken that is nearest to it; empty for the newest
 */
public record RestoreWindow(Optional<Instant> from, Optional<Instant> to) {
    public RestoreWindow {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            throw new IllegalArgumentException(
                    "The restore would begin at " + from.get() + ", after its end at " + to.get() + ".");
        }
    }

    /** As new as possible. */
    public static RestoreWindow newest() {
        return new RestoreWindow(Optional.empty(), Optional.empty());
    }

    /** To the checkpoint that is nearest to a time. */
    public static RestoreWindow at(Instant time) {
        return new RestoreWindow(Optional.empty(), Optional.of(time));
    }
}
