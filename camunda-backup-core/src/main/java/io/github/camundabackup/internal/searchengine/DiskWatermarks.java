package io.github.camundabackup.internal.searchengine;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of a node's disk an engine leaves free: up to which it puts shards there
 * ({@code cluster.routing.allocation.disk.*}).
 */
final class DiskWatermarks {
    private static final String DISK = "cluster.routing.allocation.disk.";
    private static final String HIGH = DISK + "watermark.high";
    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)([kmgtp]?)b");
    private static final String UNITS = "kmgtp";

    private final Map<String, String> settings;
    private final int dataNodes;

    DiskWatermarks(Map<String, String> settings, int dataNodes) {
        this.settings = settings;
        this.dataNodes = dataNodes;
    }

    /** In bytes; none if the engine does not look at disks, as OpenSearch with one data node. */
    long reserve(long total) {
        boolean off = settings.getOrDefault(DISK + "threshold_enabled", "true").equals("false")
                || (dataNodes == 1
                        && settings.getOrDefault(DISK + "watermark.enable_for_single_data_node", "true")
                                .equals("false"));
        if (off) {
            return 0;
        }
        String high = settings.getOrDefault(HIGH, "90%").strip().toLowerCase(Locale.ROOT);
        OptionalLong bytes = bytes(high);
        if (bytes.isPresent()) {
            return bytes.getAsLong();
        }
        long reserve = (long) (total * (1 - ratio(high)));
        OptionalLong headroom =
                bytes(settings.getOrDefault(HIGH + ".max_headroom", "").strip().toLowerCase(Locale.ROOT));
        return headroom.isPresent() ? Math.min(reserve, headroom.getAsLong()) : reserve;
    }

    /** What cannot be read reserves nothing: better no warning than a wrong one. */
    private static double ratio(String text) {
        try {
            return text.endsWith("%")
                    ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
                    : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private static OptionalLong bytes(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            return OptionalLong.empty();
        }
        int power = size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2)) + 1;
        return OptionalLong.of((long) (Double.parseDouble(size.group(1)) * Math.pow(1024, power)));
    }
}
