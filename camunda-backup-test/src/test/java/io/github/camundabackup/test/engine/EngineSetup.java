package io.github.camundabackup.test.engine;

import io.github.camundabackup.test.process.Http;
import java.util.Map;

/**
 * What makes an engine of a test another one than usual.
 *
 * @param settings in addition to the usual ones, or instead of them; an empty one takes the usual one away
 * @param files what else lies in its directory of configuration, by path
 * @param scheme with which it is spoken to
 * @param http for requests of the test itself, which the engine must let pass
 * @param heap of its JVM, as it is given to one
 */
public record EngineSetup(
        Map<String, String> settings, Map<String, byte[]> files, String scheme, Http http, String heap) {
    private static final String HEAP = "1g";

    public EngineSetup {
        settings = Map.copyOf(settings);
        files = Map.copyOf(files);
    }

    /** One of the usual size. */
    EngineSetup(Map<String, String> settings, Map<String, byte[]> files, String scheme, Http http) {
        this(settings, files, scheme, http, HEAP);
    }

    /** One node, which lets everybody in. */
    static EngineSetup usual() {
        return new EngineSetup(Map.of(), Map.of(), "http", new Http());
    }
}
