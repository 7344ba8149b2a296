package io.github.camundabackup.test.engine;

import io.github.camundabackup.test.process.Http;
import io.github.camundabackup.test.process.ServerProcess;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A real Elasticsearch or OpenSearch of two nodes. The first is the one to speak to; it alone decides who is elected,
 * so that the second may be killed.
 */
public final class TwoNodes implements AutoCloseable {
    public static final String FIRST = "one";
    public static final String SECOND = "two";

    private static final String HEAP = "512m";
    private static final String SHARED = "shared";

    private final EngineProcess one;
    private final EngineProcess two;

    private TwoNodes(EngineProcess one, EngineProcess two) {
        this.one = one;
        this.two = two;
    }

    /** Starts both, and waits until they have found each other. */
    public static TwoNodes start(EngineKind kind) {
        Path home = EngineProcess.unpacked(kind);
        EngineProcess one =
                EngineProcess.start(kind, home, null, setup(FIRST, Map.of("cluster.initial_master_nodes", "[one]")));
        try {
            // It may not enter what is beside the shared directory.
            Map<String, String> second = Map.of(
                    "discovery.seed_hosts",
                    "[\"" + one.address() + "\"]",
                    "path.repo",
                    one.repositories().resolve(SHARED).toString());
            return new TwoNodes(one, EngineProcess.start(kind, home, null, setup(SECOND, second)));
        } catch (RuntimeException e) {
            one.close();
            throw e;
        }
    }

    private static EngineSetup setup(String name, Map<String, String> more) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of("node.name", name, "discovery.type", ""));
        settings.putAll(more);
        return new EngineSetup(settings, Map.of(), "http", new Http(), HEAP);
    }

    /** The one to speak to. */
    public EngineProcess first() {
        return one;
    }

    /** Ends the other one as a loss of power would. */
    public void killSecond() {
        two.kill();
    }

    /** Starts it again if it was killed, and waits until every copy of every shard is there. */
    public void bringBackSecond() {
        if (!two.isAlive()) {
            two.startAgain();
        }
        one.call("GET", "/_cluster/health?wait_for_nodes=2&wait_for_status=green&timeout=60s", "");
    }

    /** Has the given node elected, and waits until it is. */
    public void elect(String node) {
        String other = node.equals(FIRST) ? SECOND : FIRST;
        one.call("POST", "/_cluster/voting_config_exclusions?node_names=" + other, "");
        while (!elected().equals(node)) {
            Thread.onSpinWait();
        }
        one.call("DELETE", "/_cluster/voting_config_exclusions?wait_for_removal=false", "");
    }

    /** The name of the one that is elected; empty while there is none. */
    public String elected() {
        // Says 503 while there is none.
        String nodes = one.send("GET", "/_cat/nodes?h=master,name", "").body();
        return nodes.lines()
                .filter(line -> line.startsWith("*"))
                .map(line -> line.substring(1).strip())
                .findFirst()
                .orElse("");
    }

    /**
     * Registers a repository that both nodes may enter.
     *
     * @param moreSettings as for {@link EngineProcess#registerRepository}
     */
    public void registerRepository(String name, String moreSettings) {
        one.registerRepository(name, one.repositories().resolve(SHARED).resolve(name), moreSettings);
    }

    /** Registers a repository that only the first node may enter. */
    public void registerLonelyRepository(String name) {
        one.call(
                "PUT",
                "/_snapshot/" + name + "?verify=false",
                "{\"type\":\"fs\",\"settings\":{\"location\":\""
                        + one.repositories().resolve(name) + "\"}}");
    }

    @Override
    public void close() {
        ServerProcess.closeAll(List.of(two, one));
    }
}
