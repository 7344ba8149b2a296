package io.github.camundabackup.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.Map;

/** Reads and writes JSON. Jackson's limits on the size of input stay on, and are tighter where answers are small. */
public final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxStringLength(4 * 1024 * 1024)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /**
     * Reads a complete document.
     *
     * @throws JsonFormatException if it is cut off, or no JSON at all
     */
    public static JsonValue read(byte[] document) throws JsonFormatException {
        try {
            JsonNode node = MAPPER.readTree(document);
            if (node == null || node.isMissingNode()) {
                throw new JsonFormatException("an empty body");
            }
            return new JsonValue(node);
        } catch (IOException e) {
            throw new JsonFormatException(describe(e), e);
        }
    }

    /** What is wrong with a document, in words for people: without what Jackson adds about itself. */
    static String describe(IOException failure) {
        String message = String.valueOf(
                failure instanceof JsonProcessingException jackson
                        ? jackson.getOriginalMessage()
                        : failure.getMessage());
        return message.startsWith("Unexpected end-of-input") ? "the document is cut off" : message;
    }

    /**
     * A document to be put inside another one.
     *
     * @throws IllegalArgumentException if it is no JSON
     */
    public static Object embedded(String document) {
        try {
            return MAPPER.readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This is no JSON: " + describe(e), e);
        }
    }

    /** Writes maps, lists, strings, numbers and booleans. */
    public static byte[] write(Map<String, ?> object) {
        try {
            return MAPPER.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** As {@link #write}, in lines for people. */
    public static String writePretty(Map<String, ?> object) {
        try {
            return MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
