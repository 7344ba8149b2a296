package io.github.camundabackup.internal.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A document that this library has written. Unlike what a server sends, it is read strictly: what is missing or unknown
 * is an error.
 */
public final class Document {
    private final String what;
    private final JsonValue json;

    private Document(String what, JsonValue json) {
        this.what = what;
        this.json = json;
    }

    /**
     * @param what it is, in words that fit behind "This is no"
     * @throws IllegalArgumentException if it is no JSON, or of another format; so do all methods if something is not as
     *     it must be
     */
    public static Document read(String text, String what, int formatVersion) {
        Document document = part(text, what);
        JsonValue json = document.json;
        if (json.number("formatVersion").orElse(0) != formatVersion) {
            throw new IllegalArgumentException(
                    "This is no " + what + " that this version can read: its formatVersion is "
                            + json.text("formatVersion").orElse("missing") + ", and " + formatVersion + " is known.");
        }
        return document;
    }

    /**
     * Reads what was written as a part of a document, and has no format version of its own.
     *
     * @param what it is, in words that fit behind "This is no"
     * @throws IllegalArgumentException if it is no JSON
     */
    public static Document part(String text, String what) {
        try {
            return new Document(what, Json.read(text.getBytes(StandardCharsets.UTF_8)));
        } catch (JsonFormatException e) {
            throw new IllegalArgumentException("This is no " + what + ": " + e.getMessage(), e);
        }
    }

    /** This object, to be read leniently. */
    public JsonValue json() {
        return json;
    }

    public Document at(String field) {
        return new Document(what, json.at(field));
    }

    /** The elements of an array; none if there is none. */
    public List<Document> elements(String field) {
        return json.elements(field).stream()
                .map(element -> new Document(what, element))
                .toList();
    }

    public String text(String field) {
        return json.text(field).orElseThrow(() -> missing(field));
    }

    /** The texts of an array; none if there is none. */
    public List<String> texts(String field) {
        return json.elements(field).stream()
                .flatMap(element -> element.text().stream())
                .toList();
    }

    public long number(String field) {
        return json.number(field).orElseThrow(() -> missing(field));
    }

    public Instant time(String field) {
        return json.time(field).orElseThrow(() -> missing(field));
    }

    public <E extends Enum<E>> E constant(String field, Class<E> type) {
        return constantIfAny(field, type).orElseThrow(() -> missing(field));
    }

    /** Empty if there is no such field. */
    public <E extends Enum<E>> Optional<E> constantIfAny(String field, Class<E> type) {
        return json.text(field).map(name -> {
            try {
                return Enum.valueOf(type, name);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("This " + what + " has a value that is not known: " + name + ".", e);
            }
        });
    }

    private IllegalArgumentException missing(String field) {
        return new IllegalArgumentException("This is no " + what + ": it has no " + field + ".");
    }
}
