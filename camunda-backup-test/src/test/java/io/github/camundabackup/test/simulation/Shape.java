package io.github.camundabackup.test.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares what the simulation answered with what a real server answered: the names of fields, the kinds of values, and
 * some values.
 */
final class Shape {
    /** Absent or null where there is nothing to say; seen both ways on the same server. */
    private static final Set<String> OPTIONAL =
            Set.of("snapshotId", "processedPositionInSnapshot", "processed", "node");

    /** Words that clients act upon. */
    private static final Set<String> COMPARED =
            Set.of("state", "type", "exporterPhase", "role", "acknowledged", "accepted", "exporterId", "error");

    /**
     * The message of an exception that Operate on Elasticsearch throws now and then, which the JVM leaves out when it
     * was thrown often.
     */
    private static final String THROWN_OFTEN = "Index 0 out of bounds for length 0";

    /** Texts for people, compared without the numbers, generated ids and files in them. */
    private static final Set<String> TEXTS = Set.of("message", "reason");

    private final List<String> differences = new ArrayList<>();

    static List<String> differences(JsonNode real, JsonNode simulated) {
        Shape shape = new Shape();
        shape.compare("$", "", real, simulated);
        return shape.differences;
    }

    private void compare(String path, String field, JsonNode real, JsonNode simulated) {
        if (OPTIONAL.contains(field) && (real.isNull() || simulated.isNull())) {
            return;
        }
        if (real.isNull() && simulated.asText().equals(THROWN_OFTEN)) {
            return;
        }
        if (real.getNodeType() != simulated.getNodeType()) {
            differences.add(path + " is " + simulated.getNodeType() + ", not " + real.getNodeType());
        } else if (real.isArray()) {
            compareElements(path, List.copyOf(elements(real)), elements(simulated));
        } else if (real.isObject() && isMap(path, real)) {
            compareElements(path, elements(real), elements(simulated));
        } else if (real.isObject()) {
            compareFields(path, real, simulated);
        } else if (COMPARED.contains(field) && !real.equals(simulated)) {
            differences.add(path + " is " + simulated + ", not " + real);
        } else if (TEXTS.contains(field) && !plain(real).equals(plain(simulated))) {
            differences.add(path + " is " + simulated + ", not " + real);
        }
    }

    /** Objects whose names are data. */
    private static boolean isMap(String path, JsonNode real) {
        return path.endsWith(".indices")
                || path.endsWith(".nodes")
                || path.endsWith("._links")
                || real.has("0")
                || real.has("1")
                || real.has("camunda_backup");
    }

    private static List<JsonNode> elements(JsonNode node) {
        List<JsonNode> elements = new ArrayList<>();
        node.elements().forEachRemaining(elements::add);
        return elements;
    }

    /** Every element must look like one of the real ones. */
    private void compareElements(String path, List<JsonNode> real, List<JsonNode> simulated) {
        if (real.isEmpty() != simulated.isEmpty()) {
            differences.add(path + " has " + simulated.size() + " elements, not " + real.size());
            return;
        }
        for (int i = 0; i < simulated.size(); i++) {
            List<String> fewest = List.of();
            for (JsonNode candidate : real) {
                Shape shape = new Shape();
                shape.compare(path + "[" + i + "]", "", candidate, simulated.get(i));
                if (shape.differences.isEmpty()) {
                    fewest = List.of();
                    break;
                }
                if (fewest.isEmpty() || shape.differences.size() < fewest.size()) {
                    fewest = shape.differences;
                }
            }
            differences.addAll(fewest);
        }
    }

    private void compareFields(String path, JsonNode real, JsonNode simulated) {
        Set<String> names = new TreeSet<>();
        real.fieldNames().forEachRemaining(names::add);
        simulated.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (real.has(name) && simulated.has(name)) {
                compare(path + "." + name, name, real.get(name), simulated.get(name));
            } else if (!OPTIONAL.contains(name)) {
                differences.add(path + "." + name + (real.has(name) ? " is missing" : " is too much"));
            }
        }
    }

    private static String plain(JsonNode text) {
        return text.getNodeType() == JsonNodeType.NULL
                ? "null"
                : text.asText()
                        .replaceAll("(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{22}(?=[,\\]/])", "#")
                        .replaceAll("zeebe-record_[^\\]]*", "#")
                        .replaceAll("(/[^/\\s\\]]+)+\\.dat", "#")
                        .replaceAll("[0-9.]+", "#");
    }
}
