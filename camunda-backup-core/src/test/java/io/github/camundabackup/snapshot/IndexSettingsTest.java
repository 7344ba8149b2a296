package io.github.camundabackup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexSettingsTest {
    @Test
    void leavesOutByPatternAndSets() {
        IndexSettings changes = new IndexSettings(
                List.of("index.routing.allocation.*", "index.blocks.write"), Map.of("index.number_of_replicas", "0"));

        assertThat(changes.applyTo(Map.of(
                        "index.routing.allocation.require.box_type",
                        "hot",
                        "index.blocks.write",
                        "true",
                        "index.blocks.read_only",
                        "true",
                        "index.number_of_replicas",
                        "2")))
                .isEqualTo(Map.of("index.blocks.read_only", "true", "index.number_of_replicas", "0"));
        assertThat(changes.replicas()).hasValue(0);
        assertThat(changes)
                .hasToString("without index.routing.allocation.*, index.blocks.write, and with"
                        + " index.number_of_replicas=0");
    }

    /** Engines would do so when the indices are deleted already. */
    @ParameterizedTest
    @ValueSource(strings = {"index.number_of_shards", "index.number_of_replicas", "index.uuid", "blocks.write", ""})
    void refusesToLeaveOutWhatEnginesDoNot(String name) {
        assertThatThrownBy(() -> new IndexSettings(List.of(name), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"index.number_of_shards", "index.creation_date", "index.blocks.*", "index.number_of_replicas"})
    void refusesToSetWhatEnginesDoNot(String name) {
        assertThatThrownBy(() -> new IndexSettings(List.of(), Map.of(name, "many")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
