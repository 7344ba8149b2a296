package io.github.camundabackup.test.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** What an engine's limits of restores are set to, not as the library sees it. */
final class EngineLimits {
    static final String BYTES = "indices.recovery.max_bytes_per_sec";
    static final String SHARDS = "cluster.routing.allocation.node_initial_primaries_recoveries";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode settings;

    private EngineLimits(JsonNode settings) {
        this.settings = settings;
    }

    static EngineLimits of(SimulatedCluster cluster) {
        return of(cluster.searchEngineUri());
    }

    static EngineLimits of(URI engine) {
        try {
            return new EngineLimits(JSON.readTree(new EngineWeb(engine).send("GET", "/_cluster/settings", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void set(URI engine, String kind, String name, String value) {
        new EngineWeb(engine).send("PUT", "/_cluster/settings", "{\"" + kind + "\":{\"" + name + "\":" + value + "}}");
    }

    /** Empty if it is not set. */
    String value(String kind, String name) {
        return settings.at("/" + kind + "/" + name.replace('.', '/')).asText();
    }

    boolean noted() {
        return !(settings.at("/persistent/cluster/metadata/raised-for-a-restore") instanceof MissingNode);
    }

    /** Whether they are those of an engine on which nobody has set anything. */
    boolean asAtFirst() {
        return !noted()
                && value("persistent", BYTES).isEmpty()
                && value("persistent", SHARDS).isEmpty();
    }
}
