package io.github.camundabackup.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteBufferFeeder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a long array out of a document as it arrives, one element at a time, so that memory holds one element and not
 * the document: the {@code snapshots} of {@code {"snapshots":[{…},{…}],"total":2}}, or a document that is an array
 * itself. Blocks no thread. Not thread-safe; fed by one caller at a time.
 */
public final class JsonArrayStream {
    // What an engine says beside its snapshots is a few numbers, or why a repository could not be read.
    private static final int MAX_BESIDE = 100_000;

    private final JsonParser parser;
    private final ByteBufferFeeder feeder;
    private final Optional<String> field;
    private final int elementsDepth;
    private final Consumer<JsonValue> consumer;
    private @Nullable TokenBuffer element;
    private int depth;
    private int elementDepth;
    private boolean inArray;
    private boolean sawArray;
    private boolean ended;
    private boolean sawObject;
    private @Nullable TokenBuffer beside;
    private int besideSize;

    /**
     * @param field the field of the outermost object that holds the array; empty if the document itself is the array
     * @param consumer gets every element in order
     */
    public JsonArrayStream(Optional<String> field, Consumer<JsonValue> consumer) {
        try {
            parser = Json.MAPPER.getFactory().createNonBlockingByteBufferParser();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        feeder = (ByteBufferFeeder) parser.getNonBlockingInputFeeder();
        this.field = field;
        elementsDepth = field.isPresent() ? 2 : 1;
        this.consumer = consumer;
    }

    /**
     * Takes the next bytes of the document.
     *
     * @throws JsonFormatException if they are no JSON
     */
    public void feed(ByteBuffer bytes) throws JsonFormatException {
        try {
            feeder.feedInput(bytes);
            drain();
        } catch (IOException e) {
            throw new JsonFormatException(Json.describe(e), e);
        }
    }

    /**
     * Ends the document. An object without any field stands for one with an empty array, and so does one with a
     * {@code total} of 0: OpenSearch leaves empty arrays out of answers that it filters, and so does Elasticsearch up
     * to 8.15 (tested with OpenSearch 2.19.6 and Elasticsearch 8.13.4, which answers
     * {@code {"total":0,"remaining":0}}).
     *
     * @return the document, with the array empty
     * @throws JsonFormatException if it is cut off, or the array is not there
     */
    public JsonValue finish() throws JsonFormatException {
        feeder.endOfInput();
        JsonNode rest;
        try {
            drain();
            parser.close();
            if (depth != 0) {
                throw new IOException("the document is cut off");
            }
            rest = beside == null ? MissingNode.getInstance() : read(beside);
        } catch (IOException e) {
            throw new JsonFormatException(Json.describe(e), e);
        }
        boolean saysNone = field.filter(name ->
                        rest.isEmpty() || (!rest.has(name) && rest.path("total").asLong(1) == 0))
                .isPresent();
        if (!sawArray && !(sawObject && saysNone)) {
            throw new JsonFormatException(
                    field.map(name -> "there is no array \"" + name + "\"").orElse("it is no list"));
        }
        return new JsonValue(rest);
    }

    private void drain() throws IOException {
        JsonToken token = parser.nextToken();
        while (token != null && token != JsonToken.NOT_AVAILABLE) {
            handle(token);
            token = parser.nextToken();
        }
    }

    private boolean isTheArray() throws IOException {
        return depth == elementsDepth - 1 && (field.isEmpty() || field.get().equals(parser.currentName()));
    }

    private void handle(JsonToken token) throws IOException {
        if (ended) {
            throw new IOException("something follows the document");
        }
        sawObject |= depth == 0 && token == JsonToken.START_OBJECT;
        if (sawObject && !(inArray && depth >= 2 && !(depth == 2 && token == JsonToken.END_ARRAY))) {
            keepBeside(token);
        }
        if (element != null) {
            element.copyCurrentEvent(parser);
        } else if (inArray && depth == elementsDepth && !token.isStructEnd()) {
            element = new TokenBuffer(parser);
            element.copyCurrentEvent(parser);
            elementDepth = depth;
        } else if (token == JsonToken.START_ARRAY && isTheArray()) {
            inArray = true;
            sawArray = true;
        }
        if (token.isStructStart()) {
            depth++;
        } else if (token.isStructEnd()) {
            depth--;
            if (depth < elementsDepth) {
                inArray = false;
            }
        }
        ended = depth == 0;
        if (element != null && depth == elementDepth) {
            JsonNode node = read(element);
            element = null;
            consumer.accept(new JsonValue(node));
        }
    }

    private void keepBeside(JsonToken token) throws IOException {
        if (beside == null) {
            beside = new TokenBuffer(parser);
        }
        besideSize += 1 + (token == JsonToken.VALUE_STRING ? parser.getTextLength() : 0);
        if (besideSize > MAX_BESIDE) {
            throw new IOException("there is too much beside the list");
        }
        beside.copyCurrentEvent(parser);
    }

    private static JsonNode read(TokenBuffer complete) throws IOException {
        try (complete;
                JsonParser tokens = complete.asParser()) {
            return Json.MAPPER.readTree(tokens);
        }
    }
}
