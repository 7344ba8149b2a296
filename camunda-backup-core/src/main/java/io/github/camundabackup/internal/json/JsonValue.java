package io.github.camundabackup.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A value that a server sent, read leniently: what is absent, null or of another type is empty, and unknown fields do
 * no harm. Camunda's components disagree about which fields they leave out, so the reader of each answer decides what
 * it cannot do without.
 */
public final class JsonValue {
    private final JsonNode node;

    JsonValue(JsonNode node) {
        this.node = node;
    }

    /** A value that is not there. */
    public static JsonValue absent() {
        return new JsonValue(MissingNode.getInstance());
    }

    public boolean isObject() {
        return node.isObject();
    }

    public boolean isArray() {
        return node.isArray();
    }

    /** Whether there is no such value, or it is null. */
    public boolean isAbsent() {
        return node.isMissingNode() || node.isNull();
    }

    /** The value of a field; an absent value if there is none. */
    public JsonValue at(String field) {
        return new JsonValue(node.path(field));
    }

    /** This value as text; numbers and booleans too, as they were written. */
    public Optional<String> text() {
        return node.isValueNode() && !node.isNull() ? Optional.of(node.asText()) : Optional.empty();
    }

    public Optional<String> text(String field) {
        return at(field).text();
    }

    /** This value as a whole number, also from a text that is one. */
    public OptionalLong number() {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return OptionalLong.of(node.longValue());
        }
        if (node.isTextual()) {
            try {
                return OptionalLong.of(Long.parseLong(node.textValue()));
            } catch (NumberFormatException e) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    public OptionalLong number(String field) {
        return at(field).number();
    }

    public boolean isTrue(String field) {
        return node.path(field).asBoolean(false);
    }

    public Optional<Instant> time(String field) {
        return text(field).flatMap(Times::parse);
    }

    /** The elements of an array; none if this is no array. */
    public List<JsonValue> elements() {
        List<JsonValue> elements = new ArrayList<>(node.isArray() ? node.size() : 0);
        if (node.isArray()) {
            node.forEach(element -> elements.add(new JsonValue(element)));
        }
        return elements;
    }

    public List<JsonValue> elements(String field) {
        return at(field).elements();
    }

    /** The fields of an object in their order; none if this is no object. */
    public Map<String, JsonValue> fields() {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        if (node.isObject()) {
            node.properties().forEach(field -> fields.put(field.getKey(), new JsonValue(field.getValue())));
        }
        return fields;
    }

    /** The JSON, for messages. */
    @Override
    public String toString() {
        return node.toString();
    }
}
