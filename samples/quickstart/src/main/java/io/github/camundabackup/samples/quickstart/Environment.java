package io.github.camundabackup.samples.quickstart;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Variables that begin with {@code CAMUNDA_BACKUP_}. Every complaint names the variable and says what would be right. */
final class Environment {
    private static final String PREFIX = "CAMUNDA_BACKUP_";

    private final Map<String, String> variables;

    /**
     * @param known the names without the prefix; any other is a misspelt one
     */
    Environment(Map<String, String> variables, List<String> known) {
        this.variables = variables;
        variables.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name.substring(PREFIX.length())))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new BadValueException(
                            name + " is not known. What is known: " + PREFIX + String.join(", ", known) + ".");
                });
    }

    /** A value that cannot be used. Its message is one line, without secrets. */
    static final class BadValueException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadValueException(String message) {
            super(message);
        }
    }

    /** A value; empty if it is not set, or blank. */
    Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(PREFIX + name)).filter(value -> !value.isBlank());
    }

    /** A value, read by something that throws an {@link IllegalArgumentException} with a reason. */
    <T> Optional<T> parsed(String name, Function<String, T> parser) {
        return text(name).map(value -> checked(name, () -> parser.apply(value)));
    }

    String required(String name, String example) {
        return text(name).orElseThrow(() -> missing(name, example));
    }

    /** Blames a variable for an {@link IllegalArgumentException}. */
    <T> T checked(String name, Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (IllegalArgumentException e) {
            throw bad(name, String.valueOf(e.getMessage()));
        }
    }

    /** Two variables that exclude each other. */
    void exclusive(String one, String other, String why) {
        if (text(one).isPresent() && text(other).isPresent()) {
            throw new BadValueException(PREFIX + one + " and " + PREFIX + other + " exclude each other: " + why);
        }
    }

    BadValueException bad(String name, String what) {
        return new BadValueException(PREFIX + name + ": " + what.replaceAll("\\s+", " "));
    }

    BadValueException missing(String name, String example) {
        return new BadValueException(PREFIX + name + " is missing. Set it to something like " + example + ".");
    }
}
