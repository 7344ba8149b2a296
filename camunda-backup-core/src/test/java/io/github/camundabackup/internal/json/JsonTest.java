package io.github.camundabackup.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Json} and {@link JsonValue}. */
class JsonTest {

    @Test
    void readsWhatIsThere() throws JsonFormatException {
        JsonValue json =
                read("{\"id\":17,\"name\":\"a\",\"on\":true,\"at\":\"2026-11-20T18:08:45.455+0000\",\"list\":[1,2]}");

        assertThat(json.isObject()).isTrue();
        assertThat(json.isArray()).isFalse();
        assertThat(json.at("list").isArray()).isTrue();
        assertThat(json.at("list").isObject()).isFalse();
        assertThat(json.number("id")).hasValue(17);
        assertThat(json.text("name")).contains("a");
        assertThat(json.isTrue("on")).isTrue();
        assertThat(json.time("at")).contains(Instant.parse("2026-11-20T18:08:45.455Z"));
        assertThat(json.elements("list"))
                .extracting(JsonValue::number)
                .containsExactly(OptionalLong.of(1), OptionalLong.of(2));
        assertThat(json.fields().keySet()).containsExactly("id", "name", "on", "at", "list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"x\":null}", "{\"x\":{}}", "{\"x\":[]}", "[]", "17", "null"})
    void isEmptyForWhatIsAbsentOrOfAnotherType(String document) throws JsonFormatException {
        JsonValue json = read(document);

        assertThat(json.text("x")).isEmpty();
        assertThat(json.number("x")).isEmpty();
        assertThat(json.time("x")).isEmpty();
        assertThat(json.elements("x")).isEmpty();
        assertThat(json.at("x").at("y").elements()).isEmpty();
        assertThat(json.isTrue("x")).isFalse();
        assertThat(json.at("x").at("y").text("z")).isEmpty();
        assertThat(json.at("x").fields()).isEmpty();
    }

    @Test
    void tellsAbsentAndNullFromTheRest() throws JsonFormatException {
        JsonValue json = read("{\"nothing\":null,\"zero\":0}");

        assertThat(json.at("nothing").isAbsent()).isTrue();
        assertThat(json.at("missing").isAbsent()).isTrue();
        assertThat(json.at("zero").isAbsent()).isFalse();
        assertThat(JsonValue.absent().isAbsent()).isTrue();
    }

    @Test
    void readsNumbersFromTextsAndTextsFromNumbers() throws JsonFormatException {
        JsonValue json = read("{\"text\":\"17\",\"number\":17}");

        assertThat(json.number("text")).hasValue(17);
        assertThat(json.text("number")).contains("17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "\"1.5\"", "\"abc\"", "\"\"", "9223372036854775808", "1e400", "true"})
    void takesNoFractionAndNothingTooLargeForANumber(String value) throws JsonFormatException {
        assertThat(read("{\"x\":" + value + "}").number("x")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "{\"a\":1",
                "{\"a\":\"b",
                "[1,2",
                "{\"a\":1}}",
                "{} {}",
                "{}garbage",
                "nonsense",
                "<html></html>",
                "{'a':1}",
                "{\"a\":NaN}"
            })
    void refusesWhatIsNoCompleteDocument(String document) {
        assertThatThrownBy(() -> read(document)).isInstanceOf(JsonFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":[1,", "{\"a\":\"b"})
    void saysPlainlyThatADocumentIsCutOff(String document) {
        assertThatThrownBy(() -> read(document)).hasMessage("the document is cut off");
    }

    @Test
    void refusesDocumentsThatAreNestedTooDeeply() throws JsonFormatException {
        assertThat(read("[".repeat(100) + "]".repeat(100)).isArray()).isTrue();
        assertThatThrownBy(() -> read("[".repeat(101) + "]".repeat(101))).isInstanceOf(JsonFormatException.class);
    }

    @Test
    void refusesTextsThatAreTooLong() {
        assertThatThrownBy(() -> read("\"" + "x".repeat(4 * 1024 * 1024 + 1) + "\""))
                .isInstanceOf(JsonFormatException.class);
    }

    @Test
    void writesInTheGivenOrder() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("b", 17L);
        object.put("a", List.of("ü", true));

        assertThat(new String(Json.write(object), UTF_8)).isEqualTo("{\"b\":17,\"a\":[\"ü\",true]}");
        assertThat(Json.writePretty(object).lines()).hasSizeGreaterThan(2);
    }

    private static JsonValue read(String document) throws JsonFormatException {
        return Json.read(document.getBytes(UTF_8));
    }
}
