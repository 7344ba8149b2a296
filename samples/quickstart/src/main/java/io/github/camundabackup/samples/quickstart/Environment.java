package io.github.camundabackup.samples.quickstart;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Variables that begin with {@code CAMUNDA_BACKUP_}. Every message names the variable and says what would be right. */
public final class Environment {
    private static final String PREFIX = "CAMUNDA_BACKUP_";

    private final Map<String, String> variables;

    /**
     * @param known the names without the prefix; any other is a misspelt one
     */
    public Environment(Map<String, String> variables, List<String> known) {
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
    public static final class BadValueException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public BadValueException(String message) {
            super(message);
        }
    }

    /** A value; empty if it is not set, or blank. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(PREFIX + name)).filter(value -> !value.isBlank());
    }

    /** A value, read by something that throws an {@link IllegalArgumentException} with a reason. */
    public <T> Optional<T> parsed(String name, Function<String, T> parser) {
        return text(name).map(value -> checked(name, () -> parser.apply(value)));
    }

    public String required(String name, String example) {
        return text(name).orElseThrow(() -> missing(name, example));
    }

    /** Blames a variable for an {@link IllegalArgumentException}. */
    public <T> T checked(String name, Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (IllegalArgumentException e) {
            throw bad(name, String.valueOf(e.getMessage()));
        }
    }

    /** Two variables that exclude each other. */
    public void exclusive(String one, String other, String why) {
        if (text(one).isPresent() && text(other).isPresent()) {
            throw new BadValueException(PREFIX + one + " and " + PREFIX + other + " exclude each other: " + why);
        }
    }

    public BadValueException bad(String name, String what) {
        return new BadValueException(PREFIX + name + ": " + what.replaceAll("\\s+", " "));
    }

    public BadValueException missing(String name, String example) {
        return new BadValueException(PREFIX + name + " is missing. Set it to something like " + example + ".");
    }
}
