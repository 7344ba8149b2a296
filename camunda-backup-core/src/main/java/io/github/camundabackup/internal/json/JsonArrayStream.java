package io.github.camundabackup.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteBufferFeeder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a long array out of a document as it arrives, one element at a time, so that memory holds one element and not
 * the document: the {@code snapshots} of {@code {"snapshots":[{…},{…}],"total":2}}. Blocks no thread. Not thread-safe;
 * fed by one caller at a time.
 */
public final class JsonArrayStream {
    private final JsonParser parser;
    private final ByteBufferFeeder feeder;
    private final String field;
    private final Consumer<JsonValue> consumer;
    private @Nullable TokenBuffer element;
    private int depth;
    private int elementDepth;
    private boolean inArray;
    private boolean sawArray;
    private boolean ended;
    private boolean sawObject;
    private boolean sawField;

    /**
     * @param field the field of the outermost object that holds the array
     * @param consumer gets every element in order
     */
    public JsonArrayStream(String field, Consumer<JsonValue> consumer) {
        try {
            parser = Json.MAPPER.getFactory().createNonBlockingByteBufferParser();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        feeder = (ByteBufferFeeder) parser.getNonBlockingInputFeeder();
        this.field = field;
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
     * Ends the document. An object without any field stands for one with an empty array: OpenSearch leaves empty arrays
     * out of answers that it filters.
     *
     * @throws JsonFormatException if it is cut off, or the array is not there
     */
    public void finish() throws JsonFormatException {
        feeder.endOfInput();
        try {
            drain();
            parser.close();
        } catch (IOException e) {
            throw new JsonFormatException(Json.describe(e), e);
        }
        if (depth != 0) {
            throw new JsonFormatException("the document is cut off");
        }
        if (!sawArray && (sawField || !sawObject)) {
            throw new JsonFormatException("there is no array \"" + field + "\"");
        }
    }

    private void drain() throws IOException {
        JsonToken token = parser.nextToken();
        while (token != null && token != JsonToken.NOT_AVAILABLE) {
            handle(token);
            token = parser.nextToken();
        }
    }

    private void handle(JsonToken token) throws IOException {
        if (ended) {
            throw new IOException("something follows the document");
        }
        if (element != null) {
            element.copyCurrentEvent(parser);
        } else if (inArray && depth == 2 && !token.isStructEnd()) {
            element = new TokenBuffer(parser);
            element.copyCurrentEvent(parser);
            elementDepth = depth;
        } else if (depth == 1 && token == JsonToken.START_ARRAY && field.equals(parser.currentName())) {
            inArray = true;
            sawArray = true;
        }
        sawObject |= depth == 0 && token == JsonToken.START_OBJECT;
        sawField |= token == JsonToken.FIELD_NAME;
        if (token.isStructStart()) {
            depth++;
        } else if (token.isStructEnd()) {
            depth--;
            if (depth < 2) {
                inArray = false;
            }
        }
        ended = depth == 0;
        if (element != null && depth == elementDepth) {
            try (TokenBuffer complete = element;
                    JsonParser tokens = complete.asParser()) {
                JsonNode node = Json.MAPPER.readTree(tokens);
                element = null;
                consumer.accept(new JsonValue(node));
            }
        }
    }
}
