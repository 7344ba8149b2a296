package io.github.camundabackup.test.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camundabackup.test.acceptance.AnswerShape.Words;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerShapeTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void valuesAreTheClustersOwn() {
        assertThat(differences("{'backupId':1,'message':'a'}", "{'backupId':2,'message':'b'}", Words.EQUAL))
                .isEmpty();
    }

    @Test
    void fieldsAndKindsAreCompared() {
        assertThat(differences("{'a':1,'b':'x','c':[]}", "{'a':'1','d':true,'c':{}}", Words.KNOWN))
                .containsExactly(
                        "$.a is NUMBER, not STRING", "$.b is too much", "$.c is ARRAY, not OBJECT", "$.d is missing");
    }

    @Test
    void wordsMustBeEqualInTheSameSituation() {
        assertThat(differences("{'state':'FAILED'}", "{'state':'COMPLETED'}", Words.EQUAL))
                .containsExactly("$.state is \"FAILED\", not \"COMPLETED\"");
        assertThat(differences("{'error':{'type':'a'}}", "{'error':{'type':'b'}}", Words.EQUAL))
                .hasSize(1);
    }

    @Test
    void anyKnownWordWillDoElsewhere() {
        assertThat(differences("{'state':'FAILED'}", "{'state':'COMPLETED'}", Words.KNOWN))
                .isEmpty();
        assertThat(differences("{'state':'SLEEPING'}", "{'state':'COMPLETED'}", Words.KNOWN))
                .hasSize(1);
    }

    @Test
    void eachElementMustLookLikeASimulatedOne() {
        String simulated = "[{'state':'COMPLETED','id':1},{'state':'FAILED','id':1,'failure':'x'}]";

        assertThat(differences("[{'state':'FAILED','id':2,'failure':'y'}]", simulated, Words.EQUAL))
                .isEmpty();
        assertThat(differences("[{'state':'COMPLETED','id':'2'}]", simulated, Words.EQUAL))
                .containsExactly("$[].id is STRING, not NUMBER");
        assertThat(differences("[]", simulated, Words.EQUAL)).isEmpty();
    }

    @Test
    void elementInAnotherStateIsComparedInWhatBothHave() {
        assertThat(differences("[{'state':'FAILED','why':'y'}]", "[{'state':'COMPLETED','end':1}]", Words.KNOWN))
                .isEmpty();
    }

    @Test
    void listsThatMustHaveElementsAreCounted() {
        assertThat(differences("{'details':[]}", "{'details':[{'a':1}]}", Words.EQUAL))
                .containsExactly("$.details has 0 elements, not 1");
    }

    @Test
    void statusContentTypeAndKindOfBodyAreCompared() {
        RawAnswer real = new RawAnswer(302, "text/html", "<html>", Optional.empty());
        RawAnswer simulated = new RawAnswer(200, "application/json", "{}", Optional.of(json("{}")));

        assertThat(AnswerShape.differences(real, simulated, Words.KNOWN))
                .containsExactly(
                        "The status is 302, not 200.",
                        "The content type is \"text/html\", not \"application/json\".",
                        "The body is no JSON, not JSON.");
    }

    private static List<String> differences(String real, String simulated, Words words) {
        return AnswerShape.differences(json(real), json(simulated), words);
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
