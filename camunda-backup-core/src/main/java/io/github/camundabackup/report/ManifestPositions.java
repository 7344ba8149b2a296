package io.github.camundabackup.report;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Positions of partitions as short text: {@code 1:4271 2:2703}. With others to begin from, only the difference is
 * written, always with its sign: {@code 1:+9 2:-3}.
 */
final class ManifestPositions {
    private ManifestPositions() {}

    static String write(Map<Integer, Long> positions, Map<Integer, Long> base) {
        return new TreeMap<>(positions)
                .entrySet().stream()
                        .map(position -> position.getKey() + ":" + number(position, base.get(position.getKey())))
                        .collect(Collectors.joining(" "));
    }

    private static String number(Map.Entry<Integer, Long> position, @Nullable Long base) {
        if (base == null) {
            return Long.toString(position.getValue());
        }
        long difference = position.getValue() - base;
        return difference < 0 ? Long.toString(difference) : "+" + difference;
    }

    /**
     * @throws IllegalArgumentException if this is not what {@link #write} makes
     */
    static SortedMap<Integer, Long> read(String text, Map<Integer, Long> base) {
        SortedMap<Integer, Long> positions = new TreeMap<>();
        Stream.of(text.split(" ", -1)).filter(word -> !word.isBlank()).forEach(word -> {
            int colon = word.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("No position of a partition: " + word);
            }
            int partition = Integer.parseInt(word.substring(0, colon));
            String number = word.substring(colon + 1);
            boolean difference = number.startsWith("+") || number.startsWith("-");
            Long from = difference ? base.get(partition) : Long.valueOf(0);
            if (from == null) {
                throw new IllegalArgumentException("A difference to nothing: " + word);
            }
            positions.put(partition, from + Long.parseLong(number));
        });
        return positions;
    }
}
