package io.github.camundabackup.error;

import java.io.Serial;
import java.util.List;
import java.util.stream.Stream;

/**
 * The configuration does not fit what the endpoints serve. Nothing has been changed anywhere. The message lists
 * everything that does not fit, not only the first.
 */
public final class ConfigurationMismatchException extends CamundaBackupException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /**
     * @param problems what does not fit: each a sentence of what was found and one of what to configure
     */
    public ConfigurationMismatchException(List<String> problems) {
        super(
                problems.size() == 1
                        ? problems.get(0)
                        : problems.size() + " things do not fit:\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /** This with one thing more. */
    public ConfigurationMismatchException with(String problem) {
        return new ConfigurationMismatchException(
                Stream.concat(problems.stream(), Stream.of(problem)).toList());
    }

    /** Everything that does not fit. */
    public List<String> problems() {
        return problems;
    }
}
