package io.github.camundabackup.backup;

import io.github.camundabackup.error.CamundaBackupException;
import java.io.Serial;
import java.util.List;
import java.util.stream.Stream;

/** Checks before the beginning of a backup found problems. Nothing has been changed anywhere. */
public final class PreflightFailedException extends CamundaBackupException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public PreflightFailedException(List<String> problems) {
        super(
                problems.size() == 1
                        ? problems.get(0)
                        : problems.size() + " problems:\n  - " + String.join("\n  - ", problems) + "\n");
        this.problems = List.copyOf(problems);
    }

    /** With what may be the reason of it. */
    public PreflightFailedException with(List<String> known) {
        return new PreflightFailedException(
                Stream.concat(problems.stream(), known.stream()).toList());
    }

    /** Everything that was found, each with what to do about it. */
    public List<String> problems() {
        return problems;
    }
}
