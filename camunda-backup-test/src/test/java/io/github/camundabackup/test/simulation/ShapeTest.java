package io.github.camundabackup.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':1}                          | {}                                | $.a is missing",
                "{}                               | {'a':1}                           | $.a is too much",
                "{'a':1}                          | {'a':'1'}                         | $.a is STRING, not NUMBER",
                "{'a':null}                       | {'a':[]}                          | $.a is ARRAY, not NULL",
                "{'state':'FAILED'}               | {'state':'COMPLETED'}             | $.state is \"COMPLETED\", not \"FAILED\"",
                "{'message':'id 5'}               | {'message':'no 7'}                | $.message is \"no 7\", not \"id 5\"",
                "[{'a':1}]                        | []                                | $ has 0 elements, not 1",
                "[{'a':1},{'b':1}]                | [{'b':1},{'c':1}]                 | $[1].a is missing",
                "{'x':{'indices':{'i':{'a':1}}}}  | {'x':{'indices':{'j':{'a':''}}}}  | $.x.indices[0].a is STRING, not NUMBER"
            })
    void seesADifference(String real, String simulated, String difference) {
        assertThat(Shape.differences(json(real), json(simulated))).contains(difference);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'message':'id 5'}              | {'message':'id 70'}",
                "{'snapshotId':null}             | {'snapshotId':'1-2'}",
                "{'snapshotId':'1'}              | {}",
                "[{'a':1},{'b':1}]               | [{'b':2}]",
                "{'x':{'indices':{'i':{'a':1}}}} | {'x':{'indices':{'j':{'a':7},'k':{'a':8}}}}"
            })
    void overlooksWhatIsData(String real, String simulated) {
        assertThat(Shape.differences(json(real), json(simulated))).isEmpty();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
