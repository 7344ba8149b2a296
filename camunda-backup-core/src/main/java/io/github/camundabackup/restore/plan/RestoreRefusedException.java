package io.github.camundabackup.restore.plan;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.model.BackupId;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A restore was refused. Nothing has been changed anywhere. */
public final class RestoreRefusedException extends CamundaBackupException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient @Nullable List<Obstacle> obstacles;

    public RestoreRefusedException(BackupId backupId, List<Obstacle> obstacles) {
        super("Backup " + backupId + " is not restored, and nothing was changed. "
                + (obstacles.size() == 1
                        ? obstacles.get(0)
                        : obstacles.size() + " reasons:\n"
                                + obstacles.stream()
                                        .map(obstacle -> "  - " + obstacle)
                                        .collect(Collectors.joining("\n"))));
        this.obstacles = List.copyOf(obstacles);
    }

    /** Everything that forbids it. After serialization there is only the message, and this is empty. */
    public List<Obstacle> obstacles() {
        List<Obstacle> known = obstacles;
        return known == null ? List.of() : known;
    }
}
