package io.github.camundabackup.test.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an answer has in common with that of the simulated cluster: status, content type, the names of fields, the kinds
 * of values, and the words that this library acts upon. Other values are the cluster's own.
 */
final class AnswerShape {
    /** Whether words must be those of the simulated cluster. */
    enum Words {
        /** They must: both were asked in the same situation. */
        EQUAL,
        /** Any word that this library knows will do: the cluster has a history of its own. */
        KNOWN
    }

    /** Missing or null where there is nothing to say; as real servers do now and then, or in other situations. */
    private static final Set<String> OPTIONAL = Set.of(
            "snapshotId",
            "processedPositionInSnapshot",
            "processed",
            "node",
            "failureReason",
            "reason",
            "metadata",
            "docs.count",
            "uuid",
            "lastChange",
            "pendingChange",
            "message");

    /** Whose content is the user's own. */
    private static final Set<String> OPAQUE = Set.of("settings", "metadata", "version");

    /** Lists that must not be empty where the simulated cluster's are not, and the other way round. */
    private static final Set<String> COUNTED =
            Set.of("details", "scheduledSnapshots", "partitions", "brokers", "used", "left");

    private static final Map<String, Set<String>> WORDS = Map.of(
            "state",
            Set.of(
                    "COMPLETED",
                    "IN_PROGRESS",
                    "INCOMPLETE",
                    "FAILED",
                    "INCOMPATIBLE",
                    "DOES_NOT_EXIST",
                    "SUCCESS",
                    "PARTIAL",
                    "STARTED",
                    "ACTIVE",
                    "ENABLED",
                    "DISABLED"),
            "role",
            Set.of("LEADER", "FOLLOWER", "CANDIDATE", "INACTIVE"),
            "exporterPhase",
            Set.of("EXPORTING", "PAUSED", "SOFT_PAUSED", "CLOSED"),
            "streamProcessorPhase",
            Set.of("PROCESSING", "REPLAY", "PAUSED", "INITIAL", "FAILED"));

    /** Compared where words must be equal, beside those above. */
    private static final Set<String> EQUAL_WORDS = Set.of(
            "type",
            "acknowledged",
            "accepted",
            "errorCode",
            "error",
            "outcome",
            "verdict",
            "pause",
            "component",
            "code");

    private final Words words;
    private final List<String> differences = new ArrayList<>();

    private AnswerShape(Words words) {
        this.words = words;
    }

    /** Each thing that is not the same; none if nothing is. */
    static List<String> differences(RawAnswer real, RawAnswer simulated, Words words) {
        List<String> differences = new ArrayList<>();
        if (real.status() != simulated.status()) {
            differences.add("The status is " + real.status() + ", not " + simulated.status() + ".");
        }
        if (!mediaType(real).equals(mediaType(simulated))) {
            differences.add(
                    "The content type is \"" + real.contentType() + "\", not \"" + simulated.contentType() + "\".");
        }
        if (real.json().isPresent() && simulated.json().isPresent()) {
            differences.addAll(differences(real.json().get(), simulated.json().get(), words));
        } else if (real.json().isPresent() != simulated.json().isPresent()
                || real.body().isEmpty() != simulated.body().isEmpty()) {
            differences.add("The body is " + kind(real) + ", not " + kind(simulated) + ".");
        }
        return differences;
    }

    static List<String> differences(JsonNode real, JsonNode simulated, Words words) {
        AnswerShape shape = new AnswerShape(words);
        shape.compare("$", "", real, simulated);
        return shape.differences;
    }

    private static String mediaType(RawAnswer answer) {
        return answer.contentType().toLowerCase(Locale.ROOT).replace(" ", "");
    }

    private static String kind(RawAnswer answer) {
        return answer.json().isPresent() ? "JSON" : answer.body().isEmpty() ? "empty" : "no JSON";
    }

    private void compare(String path, String field, JsonNode real, JsonNode simulated) {
        if (OPTIONAL.contains(field) && (real.isNull() || simulated.isNull())) {
            return;
        }
        if (real.getNodeType() != simulated.getNodeType()) {
            differences.add(path + " is " + real.getNodeType() + ", not " + simulated.getNodeType());
        } else if (real.isArray() || (real.isObject() && isMap(path, field, simulated))) {
            compareElements(path, field, elements(real), elements(simulated));
        } else if (real.isObject()) {
            compareFields(path, real, simulated);
        } else {
            compareValues(path, field, real, simulated);
        }
    }

    private void compareValues(String path, String field, JsonNode real, JsonNode simulated) {
        if (real.equals(simulated)) {
            return;
        }
        boolean counts = field.equals("status") && real.isNumber();
        boolean mustBeEqual =
                counts || (words == Words.EQUAL && (WORDS.containsKey(field) || EQUAL_WORDS.contains(field)));
        boolean unknown = words == Words.KNOWN
                && WORDS.containsKey(field)
                && !WORDS.get(field).contains(real.asText());
        if (mustBeEqual || unknown) {
            differences.add(path + " is " + real + ", not " + simulated);
        }
    }

    /** Objects whose names are data. */
    static boolean isMap(String path, String field, JsonNode node) {
        return path.endsWith(".indices")
                || field.equals("nodes")
                || (field.equals("shards") && node.has("0"))
                || node.has("1")
                || (path.equals("$") && node.size() > 0 && eachHas(node, "settings"));
    }

    /** As the answer of an engine whose fields are names of repositories. */
    private static boolean eachHas(JsonNode node, String name) {
        for (JsonNode element : node) {
            if (!element.has(name)) {
                return false;
            }
        }
        return true;
    }

    private static List<JsonNode> elements(JsonNode node) {
        List<JsonNode> elements = new ArrayList<>();
        node.elements().forEachRemaining(elements::add);
        return elements;
    }

    /** Every element must look like one of the simulated ones. */
    private void compareElements(String path, String field, List<JsonNode> real, List<JsonNode> simulated) {
        if (COUNTED.contains(field) && real.isEmpty() != simulated.isEmpty()) {
            differences.add(path + " has " + real.size() + " elements, not " + simulated.size());
        }
        Set<String> found = new TreeSet<>();
        for (JsonNode element : real) {
            simulated.stream()
                    .map(candidate -> {
                        AnswerShape shape = new AnswerShape(words);
                        shape.compare(path + "[]", field, element, candidate);
                        return shape.differences;
                    })
                    .min((one, other) -> Integer.compare(one.size(), other.size()))
                    .ifPresent(found::addAll);
        }
        differences.addAll(found);
    }

    private void compareFields(String path, JsonNode real, JsonNode simulated) {
        // What is in another state has other fields.
        boolean otherState = words == Words.KNOWN && !real.path("state").equals(simulated.path("state"));
        Set<String> names = new TreeSet<>();
        real.fieldNames().forEachRemaining(names::add);
        simulated.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (OPAQUE.contains(name) && isObject(real, name) && isObject(simulated, name)) {
                continue;
            }
            if (real.has(name) && simulated.has(name)) {
                compare(path + "." + name, name, real.get(name), simulated.get(name));
            } else if (!OPTIONAL.contains(name) && !otherState) {
                differences.add(path + "." + name + (real.has(name) ? " is too much" : " is missing"));
            }
        }
    }

    private static boolean isObject(JsonNode node, String name) {
        return node.path(name).isObject();
    }
}
