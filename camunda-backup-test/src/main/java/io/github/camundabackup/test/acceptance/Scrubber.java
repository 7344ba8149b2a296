package io.github.camundabackup.test.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.model.SnapshotName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of answers what is not for others: hosts, ports, secrets, and names of repositories, indices, nodes and
 * users. Texts stay only in fields that are known to hold none of these, and in messages, which are searched for them;
 * every other text is replaced.
 */
final class Scrubber {
    private static final int ELEMENTS = 20;
    private static final int TEXT_LENGTH = 2000;
    private static final String NAME = "<name>";

    /** Words and versions, which are no secret. */
    private static final Set<String> KEPT = Set.of(
            "state",
            "status",
            "type",
            "role",
            "exporterPhase",
            "streamProcessorPhase",
            "brokerVersion",
            "version",
            "number",
            "distribution",
            "build_flavor",
            "build_type",
            "lucene_version",
            "minimum_wire_compatibility_version",
            "minimum_index_compatibility_version",
            "tagline",
            "errorCode",
            "modificationType",
            "outcome",
            "verdict",
            "pause",
            "component",
            "summary",
            "stage",
            "code",
            "health");

    private static final Set<String> MESSAGES = Set.of(
            "message",
            "error",
            "reason",
            "failureReason",
            "errorMessage",
            "detailedMessage",
            "title",
            "detail",
            "failures",
            "failure",
            "problems",
            "used",
            "left");

    private static final Set<String> SNAPSHOTS = Set.of("snapshot", "snapshotName", "scheduledSnapshots");

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-][0-9:]+)?");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+%?");
    private static final Pattern URI_TEXT = Pattern.compile("[a-z][a-z0-9+]*://[^\\s\"'\\]>,)]+");
    private static final Pattern ADDRESS = Pattern.compile(
            "[A-Za-z0-9._-]*/?\\[?(\\b(\\d{1,3}\\.){3}\\d{1,3}\\b|\\b([0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}\\b)]?(:\\d+)?");
    private static final Pattern HOST_AND_PORT = Pattern.compile("\\b[A-Za-z0-9][A-Za-z0-9._-]*:\\d{2,5}\\b");
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\\beyJ[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern UNKNOWN_HOST = Pattern.compile("(?<=UnknownHostException: )\\S+");
    // Classes have a capital letter in their last part, so that they are no match.
    private static final Pattern DOTTED = Pattern.compile(
            "(?<![A-Za-z0-9._-])(?!vnd\\.)[a-z0-9-]+(\\.[a-z0-9-]+)*\\.[a-z][a-z0-9-]*(?![A-Za-z0-9_-]|\\.[A-Za-z])");
    private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]*)]");
    private static final Pattern PATH = Pattern.compile("(?<![A-Za-z0-9<>])(/[A-Za-z0-9._-]+){2,}/?");

    private final List<Pattern> secrets;

    /**
     * @param endpoints whose hosts, ports and credentials must not appear
     * @param names further ones: of the repository, and of the prefix of indices
     */
    Scrubber(Collection<Endpoint> endpoints, Collection<String> names) {
        List<Pattern> found = new ArrayList<>();
        endpoints.forEach(endpoint -> add(endpoint, found));
        names.forEach(name -> add(name, found));
        secrets = List.copyOf(found);
    }

    private static void add(Endpoint endpoint, List<Pattern> secrets) {
        addHost(endpoint.uri(), secrets);
        endpoint.headers().values().forEach(value -> add(value, secrets));
        endpoint.authentication().clientCredentials().ifPresent(client -> {
            addHost(client.tokenEndpoint(), secrets);
            add(client.clientId(), secrets);
            add(client.secret(), secrets);
            client.parameters().values().forEach(value -> add(value, secrets));
        });
        endpoint.authentication().authorizationHeader().ifPresent(header -> {
            String credentials = header.substring(header.indexOf(' ') + 1);
            add(credentials, secrets);
            if (header.startsWith("Basic ")) {
                String decoded = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
                Pattern.compile(":").splitAsStream(decoded).forEach(part -> add(part, secrets));
            }
        });
    }

    private static void addHost(URI uri, List<Pattern> secrets) {
        add(uri.getHost(), secrets);
        if (uri.getPort() > 0) {
            secrets.add(Pattern.compile(":" + uri.getPort() + "\\b"));
        }
    }

    private static void add(String secret, List<Pattern> secrets) {
        if (!secret.isBlank()) {
            secrets.add(Pattern.compile(
                    "(?<![A-Za-z0-9_.-])" + Pattern.quote(secret) + "(?![A-Za-z0-9_-]|\\.[A-Za-z])",
                    Pattern.CASE_INSENSITIVE));
        }
    }

    AcceptanceAnswer scrub(RawAnswer answer) {
        String body = answer.json()
                .map(json -> scrub("", "$", json).toPrettyString())
                .orElseGet(() ->
                        answer.body().isEmpty() ? "" : "<" + answer.body().length() + " characters that are no JSON>");
        return new AcceptanceAnswer(answer.status(), withoutSecrets(answer.contentType()), withoutSecrets(body));
    }

    /** A message. */
    String text(String message) {
        String text = message.length() > TEXT_LENGTH ? message.substring(0, TEXT_LENGTH) + "…" : message;
        text = URI_TEXT.matcher(text).replaceAll("<uri>");
        text = withoutSecrets(text);
        text = ADDRESS.matcher(text).replaceAll("<address>");
        text = HOST_AND_PORT.matcher(text).replaceAll("<host>");
        text = UNKNOWN_HOST.matcher(text).replaceAll("<host>");
        text = BRACKETS.matcher(text)
                .replaceAll(bracket -> Matcher.quoteReplacement("[" + inBrackets(bracket.group(1)) + "]"));
        text = PATH.matcher(text).replaceAll("<path>");
        return DOTTED.matcher(text).replaceAll("<host>");
    }

    private String withoutSecrets(String text) {
        String clean = text;
        clean = ACCESS_TOKEN.matcher(clean).replaceAll("<hidden>");
        for (Pattern secret : secrets) {
            clean = secret.matcher(clean).replaceAll("<hidden>");
        }
        return clean;
    }

    private JsonNode scrub(String field, String path, JsonNode node) {
        if (node.isArray()) {
            return scrubArray(field, path, node);
        }
        if (node.isObject()) {
            return scrubObject(field, path, node);
        }
        return node.isTextual() ? JsonNodeFactory.instance.textNode(value(field, node.asText())) : node;
    }

    private ArrayNode scrubArray(String field, String path, JsonNode node) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : node) {
            if (array.size() == ELEMENTS) {
                return array.add("<" + (node.size() - ELEMENTS) + " more>");
            }
            array.add(scrub(field, path + "[]", element));
        }
        return array;
    }

    private ObjectNode scrubObject(String field, String path, JsonNode node) {
        boolean named = field.equals("settings")
                || field.equals("metadata")
                || field.equals("attributes")
                || AnswerShape.isMap(path, field, node)
                || isMapOfMaps(field, node);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        int number = 0;
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            boolean keep = !named || NUMBER.matcher(each.getKey()).matches();
            String name = keep ? each.getKey() : "<name " + ++number + ">";
            object.set(name, scrub(keep ? each.getKey() : "", path + "." + each.getKey(), each.getValue()));
        }
        return object;
    }

    /** As partitions that are grouped by tenants. */
    private static boolean isMapOfMaps(String field, JsonNode node) {
        for (JsonNode child : node) {
            if (!AnswerShape.isMap("", field, child)) {
                return false;
            }
        }
        return node.size() > 0;
    }

    private String value(String field, String value) {
        if ((NUMBER.matcher(value).matches() && !ADDRESS.matcher(value).matches())
                || TIME.matcher(value).matches()) {
            return value;
        }
        if (KEPT.contains(field)) {
            return value.length() > 100 ? "<text>" : value;
        }
        if (MESSAGES.contains(field)) {
            return text(value);
        }
        if (SNAPSHOTS.contains(field)) {
            return isSnapshot(value) ? value : NAME;
        }
        return value.isEmpty() ? "" : "<text>";
    }

    /** Where Camunda and the engines put names into messages. */
    private static String inBrackets(String content) {
        return Pattern.compile(", ?").splitAsStream(content).allMatch(Scrubber::isHarmless) ? content : NAME;
    }

    private static boolean isHarmless(String text) {
        return text.isEmpty()
                || NUMBER.matcher(text).matches()
                || text.startsWith("<")
                || isSnapshot(text.replaceFirst("/.*", ""));
    }

    private static boolean isSnapshot(String name) {
        return Optional.of(name).flatMap(SnapshotName::parse).isPresent();
    }
}
