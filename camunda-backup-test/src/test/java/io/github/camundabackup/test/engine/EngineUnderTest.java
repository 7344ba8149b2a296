package io.github.camundabackup.test.engine;

import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The search engine on which tests run, and the store for it. Each module of a store has exactly one, as a service in
 * its {@code src/test}, and runs all tests with the tag {@link #TAG} on it.
 */
public interface EngineUnderTest extends Stores {
    /** The tag of all tests that need one. The POMs select by it. */
    String TAG = "engine";

    /** The tag of those that are run on every version of an engine, in the profile {@code engine-versions}. */
    String EVERY_VERSION = "every-version";

    /**
     * The tag of tests of what is the same on every engine, which take long: run on Elasticsearch alone, and on both in
     * the profile {@code complete}.
     */
    String ELASTICSEARCH_ALONE = "elasticsearch-alone";

    /** Like {@link #ELASTICSEARCH_ALONE}, on OpenSearch: so that both modules have as much to do. */
    String OPENSEARCH_ALONE = "opensearch-alone";

    /** The tag of tests of what only Elasticsearch has: never run on another engine. */
    String ELASTICSEARCH_ONLY = "elasticsearch-only";

    /** The engine as it is started for integration tests. */
    EngineKind kind();

    /** The engine as it is simulated. */
    default SearchEngine simulated() {
        return SearchEngine.valueOf(kind().name());
    }

    /**
     * The one of the module whose tests run.
     *
     * @throws IllegalStateException if there is none or more than one
     */
    static EngineUnderTest find() {
        List<EngineUnderTest> found =
                ServiceLoader.load(EngineUnderTest.class, EngineUnderTest.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        if (found.size() != 1) {
            throw new IllegalStateException(
                    "This test runs on exactly one search engine, but on the class path there are "
                            + found + " (" + EngineUnderTest.class.getName()
                            + "). The modules of the stores run it, each on its"
                            + " own engine: \"mvn test -pl camunda-backup-elasticsearch -am\", for one class with -Dtest=...");
        }
        return found.get(0);
    }
}
