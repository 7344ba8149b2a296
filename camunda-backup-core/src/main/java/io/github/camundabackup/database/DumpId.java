package io.github.camundabackup.database;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of a dump. Zeebe's backup beside it has an id of its own, which Zeebe generates.
 *
 * @param value up to 100 letters, digits, {@code .}, {@code _} and {@code -}; a letter or a digit first
 */
public record DumpId(String value) implements Comparable<DumpId> {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * @throws IllegalArgumentException if it holds anything else
     */
    public DumpId {
        Objects.requireNonNull(value, "value");
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "The name of a dump has up to 100 letters, digits, \".\", \"_\" and \"-\","
                            + " a letter or a digit first, but was \"" + value + "\".");
        }
    }

    /** A name by a time, in seconds and UTC, such as {@code 20261128T220000Z}: later ones are greater. */
    public static DumpId at(Instant time) {
        return new DumpId(SECONDS.format(time));
    }

    @Override
    public int compareTo(DumpId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
