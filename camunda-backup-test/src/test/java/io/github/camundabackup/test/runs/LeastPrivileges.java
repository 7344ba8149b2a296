package io.github.camundabackup.test.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The roles that the guide tells users to make: read from there, so that nothing else is tested. */
final class LeastPrivileges {
    private static final Path GUIDE = Path.of("docs", "guide", "configuration.md");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode roles;

    private LeastPrivileges(JsonNode roles) {
        this.roles = roles;
    }

    /**
     * @param engine whose roles: the block of JSON follows the comment {@code <!-- roles: … -->}
     */
    static LeastPrivileges of(String engine) {
        try {
            Matcher block = Pattern.compile("<!-- roles: " + engine + " -->\\s*```json\\n(.*?)```", Pattern.DOTALL)
                    .matcher(Files.readString(guide()));
            if (!block.find()) {
                throw new IllegalStateException(GUIDE + " has no roles for " + engine + ".");
            }
            return new LeastPrivileges(JSON.readTree(block.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory of a module, or the one above it, has the documentation. */
    private static Path guide() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.exists(directory.resolve(GUIDE))) {
            directory = directory.getParent();
        }
        if (directory == null) {
            throw new IllegalStateException(
                    "There is no " + GUIDE + " above " + Path.of("").toAbsolutePath());
        }
        return directory.resolve(GUIDE);
    }

    List<String> names() {
        return roles.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** A role as the engine's API takes it. */
    String role(String name) {
        return roles.path(name).toString();
    }

    /** Every single privilege of a role. */
    List<Privilege> privileges(String role) {
        List<Privilege> found = new ArrayList<>();
        collect(role, roles.path(role), "", found);
        return found;
    }

    private static void collect(String role, JsonNode node, String pointer, List<Privilege> found) {
        if (node.isObject()) {
            node.properties().forEach(field -> {
                // Names of indices are no privileges.
                if (!List.of("index_patterns", "names").contains(field.getKey())) {
                    collect(role, field.getValue(), pointer + "/" + field.getKey(), found);
                }
            });
        } else if (node.isArray()) {
            for (int element = 0; element < node.size(); element++) {
                collect(role, node.get(element), pointer + "/" + element, found);
            }
        } else if (node.isTextual()) {
            found.add(new Privilege(role, pointer, node.asText()));
        }
    }

    /** The privilege's name; one of indices with the first of their names in front, as in {@code operate* read}. */
    String qualified(Privilege privilege) {
        JsonNode holder = roles.path(privilege.role()).at(privilege.pointer().replaceFirst("/[^/]+/[0-9]+$", ""));
        JsonNode names = holder.path("names");
        return names.isArray() ? names.get(0).asText() + " " + privilege.name() : privilege.name();
    }

    /** The role without one of its privileges. */
    String without(Privilege privilege) {
        JsonNode role = roles.path(privilege.role()).deepCopy();
        int last = privilege.pointer().lastIndexOf('/');
        ((ArrayNode) role.at(privilege.pointer().substring(0, last)))
                .remove(Integer.parseInt(privilege.pointer().substring(last + 1)));
        return role.toString();
    }

    /**
     * One privilege of a role.
     *
     * @param pointer where it stands in the role
     * @param name as the engine calls it
     */
    record Privilege(String role, String pointer, String name) {
        @Override
        public String toString() {
            return role + " " + pointer + " " + name;
        }
    }
}
