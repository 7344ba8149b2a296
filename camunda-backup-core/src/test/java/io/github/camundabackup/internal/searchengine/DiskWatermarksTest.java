package io.github.camundabackup.internal.searchengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DiskWatermarksTest {
    private static final String DISK = "cluster.routing.allocation.disk.";
    private static final long TOTAL = 1000L << 30;

    private static long reserve(Map<String, String> settings, int dataNodes) {
        return new DiskWatermarks(settings, dataNodes).reserve(TOTAL) >> 30;
    }

    @Test
    void readsSharesSizesAndHeadroom() {
        String high = DISK + "watermark.high";
        assertThat(reserve(Map.of(high, "90%"), 3)).isEqualTo(99);
        assertThat(reserve(Map.of(high, "0.75"), 3)).isEqualTo(250);
        assertThat(reserve(Map.of(high, "70GB"), 3)).isEqualTo(70);
        assertThat(reserve(Map.of(high, "60%", high + ".max_headroom", "150GB"), 3))
                .isEqualTo(150);
        assertThat(reserve(Map.of(high, "60%", high + ".max_headroom", "-1"), 3))
                .isEqualTo(400);
    }

    @Test
    void reservesNothingWhereTheEngineDoesNotLookOrCannotBeRead() {
        Map<String, String> alone = Map.of(DISK + "watermark.enable_for_single_data_node", "false");
        assertThat(reserve(alone, 1)).isZero();
        assertThat(reserve(alone, 2)).isEqualTo(99);
        assertThat(reserve(Map.of(DISK + "threshold_enabled", "false"), 3)).isZero();
        assertThat(reserve(Map.of(DISK + "watermark.high", "much"), 3)).isZero();
    }
}
