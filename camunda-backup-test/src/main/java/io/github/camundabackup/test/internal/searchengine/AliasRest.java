package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Aliases: {@code _aliases} and {@code _alias}. Called with the engine's lock held. */
final class AliasRest {
    private AliasRest() {}

    /** {@code POST _aliases}: adds and removes. */
    static Object change(EngineState engine, WebRequest request) {
        Map<String, Object> body = request.json().orElse(Map.of());
        for (Object action : body.get("actions") instanceof List<?> actions ? actions : List.of()) {
            ((Map<?, ?>) action).forEach((verb, given) -> {
                Map<?, ?> what = (Map<?, ?>) given;
                String name = String.valueOf(what.get("index"));
                SimulatedIndex index = engine.indices().get(name);
                if (index == null) {
                    throw EngineException.indexNotFound(name);
                }
                String alias = String.valueOf(what.get("alias"));
                Optional<Boolean> write =
                        Optional.ofNullable(what.get("is_write_index")).map(Boolean.TRUE::equals);
                IndexMetadata changed = verb.equals("add")
                        ? index.metadata().withAlias(alias, write)
                        : index.metadata().withoutAlias(alias);
                refuseTwoWriters(engine, Map.of(name, changed));
                index.setMetadata(changed);
            });
        }
        return SnapshotRest.ACKNOWLEDGED;
    }

    static Object list(Collection<SimulatedIndex> indices) {
        Map<String, @Nullable Object> listed = new LinkedHashMap<>();
        indices.forEach(index -> {
            Map<String, @Nullable Object> aliases = new LinkedHashMap<>();
            index.metadata()
                    .aliases()
                    .forEach((alias, write) -> aliases.put(
                            alias,
                            write.map(is -> Json.map("is_write_index", is)).orElseGet(Json::map)));
            listed.put(index.name(), Json.map("aliases", aliases));
        });
        return listed;
    }

    /** An alias names one index that is written to; engines find out once the others are gone. */
    static void refuseTwoWriters(EngineState engine, Map<String, IndexMetadata> changed) {
        changed.forEach((name, metadata) -> metadata.aliases().keySet().stream()
                .filter(metadata::isWriteIndexOf)
                .forEach(alias -> engine.indices().values().stream()
                        .filter(other -> !changed.containsKey(other.name())
                                && other.metadata().isWriteIndexOf(alias))
                        .findFirst()
                        .ifPresent(other -> {
                            throw EngineException.of(
                                    500,
                                    "illegal_state_exception",
                                    "alias [" + alias + "] has more than one write index [" + name + "," + other.name()
                                            + "]");
                        })));
    }
}
