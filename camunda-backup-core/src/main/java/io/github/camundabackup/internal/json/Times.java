package io.github.camundabackup.internal.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;

/**
 * Reads the dates of all components: {@code Z}, {@code +02:00} and {@code +0000} (without a colon), with none to nine
 * digits of a fraction. The same field is written in different ways even by one version, depending on how it is run.
 */
final class Times {
    private static final DateTimeFormatter ANY_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter();

    private Times() {}

    /** Empty for what is no date. */
    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(ANY_OFFSET.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
