package io.github.camundabackup.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonArrayStreamTest {
    private static final String DOCUMENT =
            "{\"total\":3,\"before\":[{\"snapshots\":[0]}],\"nested\":{\"snapshots\":[0]},"
                    + " \"snapshots\" : [ {\"name\":\"ä€\",\"shards\":{\"failed\":0},\"indices\":[\"a\",[\"b\"]]} , {} ,[1,[2]],"
                    + "3,\"four\",true,null ] , \"after\":[{\"x\":1}],\"remaining\":0}\n";
    private static final List<String> ELEMENTS = List.of(
            "{\"name\":\"ä€\",\"shards\":{\"failed\":0},\"indices\":[\"a\",[\"b\"]]}",
            "{}",
            "[1,[2]]",
            "3",
            "\"four\"",
            "true",
            "null");

    private final List<String> elements = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 10_000})
    void handsOverEveryElementHoweverTheBytesArrive(int chunk) throws JsonFormatException {
        JsonArrayStream stream = stream();
        byte[] bytes = DOCUMENT.getBytes(UTF_8);
        for (int from = 0; from < bytes.length; from += chunk) {
            stream.feed(ByteBuffer.wrap(bytes, from, Math.min(chunk, bytes.length - from)));
        }
        stream.finish();

        assertThat(elements).isEqualTo(ELEMENTS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void handsOverEveryElementFromChunksOfAnySize(long seed) throws JsonFormatException {
        Random random = new Random(seed);
        JsonArrayStream stream = stream();
        byte[] bytes = DOCUMENT.getBytes(UTF_8);
        int from = 0;
        while (from < bytes.length) {
            int length = Math.min(random.nextInt(20), bytes.length - from);
            stream.feed(ByteBuffer.wrap(bytes, from, length));
            from += length;
        }
        stream.finish();

        assertThat(elements).isEqualTo(ELEMENTS);
    }

    @Test
    void handsOverAnElementAsSoonAsItIsComplete() throws JsonFormatException {
        JsonArrayStream stream = stream();

        stream.feed(bytes("{\"snapshots\":[{\"n\":1},{\"n\""));
        assertThat(elements).containsExactly("{\"n\":1}");

        stream.feed(bytes(":2}"));
        assertThat(elements).containsExactly("{\"n\":1}", "{\"n\":2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"snapshots\":[]}", "{\"a\":1,\"snapshots\":[],\"b\":2}"})
    void findsNothingInAnEmptyArray(String document) throws JsonFormatException {
        read(document);

        assertThat(elements).isEmpty();
    }

    @Test
    void noticesADocumentThatIsCutOffAnywhere() {
        String trimmed = DOCUMENT.strip();
        for (int length = 0; length < trimmed.length(); length++) {
            String cut = trimmed.substring(0, length);
            assertThatThrownBy(() -> read(cut)).as(cut).isInstanceOf(JsonFormatException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"total\":0,\"remaining\":0}", "{\"failures\":{\"a\":{\"type\":\"b\"}},\"total\":0}"})
    void takesAnObjectOfNothingForAnEmptyArray(String document) throws JsonFormatException {
        read(document);

        assertThat(elements).isEmpty();
    }

    @Test
    void givesWhatIsBesideTheArray() throws JsonFormatException {
        assertThat(read("{\"a\":{\"snapshots\":[7]},\"snapshots\":[1,[2,[3]],{\"n\":[4]}],\"b\":[[5]]}"))
                .isEqualTo("{\"a\":{\"snapshots\":[7]},\"snapshots\":[],\"b\":[[5]]}");
        assertThat(elements).containsExactly("1", "[2,[3]]", "{\"n\":[4]}");
    }

    @Test
    void keepsNothingEndlessBesideTheArray() {
        String much = "\"" + "x".repeat(1000) + "\",";

        assertThatThrownBy(() -> read("{\"a\":[" + much.repeat(100) + "1],\"snapshots\":[1]}"))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageContaining("too much beside");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"total\":1}",
                "{\"total\":null}",
                "{\"remaining\":0}",
                "{\"snapshots\":null,\"total\":0}",
                "{\"snapshots\":null}",
                "{\"snapshots\":{\"name\":\"a\"}}",
                "{\"snapshots\":\"none\"}",
                "{\"nested\":{\"snapshots\":[1]}}",
                "{\"nested\":[{\"snapshots\":[1]}]}",
                "[{\"snapshots\":[1]}]",
                "[1,2]",
                "17"
            })
    void failsWhereTheArrayIsNotThere(String document) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageContaining("there is no array \"snapshots\"");
        assertThat(elements).isEmpty();
    }

    @Test
    void readsADocumentThatIsAnArray() throws JsonFormatException {
        JsonArrayStream stream = new JsonArrayStream(Optional.empty(), element -> elements.add(element.toString()));
        for (char c : " [{\"a\":[1,{}]}, 2,[3],\"x\"] ".toCharArray()) {
            stream.feed(bytes(String.valueOf(c)));
        }
        stream.finish();

        assertThat(elements).containsExactly("{\"a\":[1,{}]}", "2", "[3]", "\"x\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\":[1]}", "17", "null", "\"x\""})
    void failsWhereTheDocumentIsNoArray(String document) {
        JsonArrayStream stream = new JsonArrayStream(Optional.empty(), element -> elements.add(element.toString()));

        assertThatThrownBy(() -> {
                    stream.feed(bytes(document));
                    stream.finish();
                })
                .isInstanceOf(JsonFormatException.class)
                .hasMessageContaining("it is no list");
        assertThat(elements).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "}", "]", "{\"snapshots\":[2]}", "17", ","})
    void refusesAnythingBehindTheDocument(String trailing) {
        assertThatThrownBy(() -> read("{\"snapshots\":[1]} " + trailing)).isInstanceOf(JsonFormatException.class);
        assertThat(elements).containsExactly("1");
    }

    @Test
    void refusesElementsThatAreNestedTooDeeply() {
        assertThatThrownBy(() -> read("{\"snapshots\":[" + "[".repeat(100) + "]".repeat(100) + "]}"))
                .isInstanceOf(JsonFormatException.class);
    }

    @Test
    void refusesTextsThatAreTooLong() {
        assertThatThrownBy(() -> read("{\"snapshots\":[\"" + "x".repeat(4 * 1024 * 1024 + 1) + "\"]}"))
                .isInstanceOf(JsonFormatException.class);
    }

    private String read(String document) throws JsonFormatException {
        JsonArrayStream stream = stream();
        stream.feed(bytes(document));
        return stream.finish().toString();
    }

    private JsonArrayStream stream() {
        return new JsonArrayStream(Optional.of("snapshots"), element -> elements.add(element.toString()));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
