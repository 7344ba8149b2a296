package io.github.camundabackup.test.simulation;

import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The simulated cluster is held to all recordings that are kept with the tests. */
class ConformityTest {
    @TestFactory
    Stream<DynamicTest> answersAsTheRealServerDid() {
        return Conformity.tests(Arrays.stream(SearchEngine.values()).flatMap(Recording::all));
    }
}
