package io.github.camundabackup.test.simulation.model;

/**
 * Versions of the search engines whose answers differ so that it matters to who asks. Between two of them, answers are
 * those of the earlier or of the later one.
 */
public enum EngineVersion {
    /**
     * As Elasticsearch 8.13.4 answered. Up to 8.15, a listing by a pattern that matches nothing is refused as one of a
     * missing snapshot, one that is filtered has no empty list, and a missing repository is named in a success.
     */
    ELASTICSEARCH_8_13(SearchEngine.ELASTICSEARCH, "8.13.4"),
    /** As Elasticsearch 8.16.1 answered. */
    ELASTICSEARCH_8_16(SearchEngine.ELASTICSEARCH, "8.16.1"),
    /** As OpenSearch 2.19.6 answered. */
    OPENSEARCH_2(SearchEngine.OPENSEARCH, "2.19.6"),
    /**
     * As OpenSearch 3.6.0 answered. A search that asks for no hit stops to count them as soon as it knows their number,
     * or has counted as many as were asked for, and says that it was {@code terminated_early}.
     */
    OPENSEARCH_3(SearchEngine.OPENSEARCH, "3.6.0");

    private final SearchEngine engine;
    private final String number;

    EngineVersion(SearchEngine engine, String number) {
        this.engine = engine;
        this.number = number;
    }

    /** The one that is simulated unless a version is chosen. */
    public static EngineVersion usual(SearchEngine engine) {
        return switch (engine) {
            case ELASTICSEARCH -> ELASTICSEARCH_8_16;
            case OPENSEARCH -> OPENSEARCH_2;
        };
    }

    /** The product. */
    public SearchEngine engine() {
        return engine;
    }

    /** As the engine writes it, such as {@code 8.16.1}. */
    public String number() {
        return number;
    }
}
