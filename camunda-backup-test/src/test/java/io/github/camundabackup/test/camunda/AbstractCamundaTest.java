package io.github.camundabackup.test.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One real Camunda 8.6 for all tests of a class, each of which leaves it running and exporting. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class AbstractCamundaTest extends AbstractEngineTest {
    private final ClientResources resources = ClientResources.create();
    private CamundaStack stack;
    private RealCluster cluster;

    @BeforeAll
    final void startCamunda() {
        stack = CamundaStack.start(kind());
        cluster = new RealCluster(stack, stores(), resources);
        cluster.workload().deploy();
        cluster.fill();
        // The first one takes many times as long as the next, and the tests' deadlines are short.
        cluster.backUp();
    }

    @AfterAll
    final void stopCamunda() {
        if (stack != null) {
            stack.close();
        }
        resources.close();
    }

    @AfterEach
    final void everythingRuns() {
        stack.bringBack();
        cluster.awaitPartitions();
        assertThat(cluster.phases().values())
                .hasSize(CamundaSettings.PARTITIONS)
                .containsOnly("EXPORTING");
        // Right after a broker was killed and restarted, the checks refuse a backup for some seconds.
        cluster.awaitReadiness();
    }

    final CamundaStack stack() {
        return stack;
    }

    final RealCluster cluster() {
        return cluster;
    }

    final ClientResources resources() {
        return resources;
    }

    /** The cluster as somebody with threads of his own sees it. */
    final RealCluster clusterOfSomebodyElse(ClientResources others) {
        return new RealCluster(stack, stores(), others);
    }
}
