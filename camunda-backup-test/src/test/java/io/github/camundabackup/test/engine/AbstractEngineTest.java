package io.github.camundabackup.test.engine;

import io.github.camundabackup.test.simulation.model.SearchEngine;
import org.junit.jupiter.api.Tag;

/** A test that the modules of both stores run, each on its own engine. */
@Tag(EngineUnderTest.TAG)
public abstract class AbstractEngineTest {
    private final EngineUnderTest underTest = EngineUnderTest.find();

    protected final EngineKind kind() {
        return underTest.kind();
    }

    protected final SearchEngine engine() {
        return underTest.simulated();
    }

    protected final Stores stores() {
        return underTest;
    }
}
