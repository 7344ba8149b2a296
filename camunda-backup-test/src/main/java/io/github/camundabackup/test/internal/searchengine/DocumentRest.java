package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.searchengine.SimulatedIndex.Revision;
import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls on single documents, with optimistic locking. Called with the engine's lock held. */
final class DocumentRest {
    private static final int PRIMARY_TERM = 1;

    private final EngineState engine;

    DocumentRest(EngineState engine) {
        this.engine = engine;
    }

    /**
     * @param path index, {@code _doc} or {@code _create}, and an id
     * @return empty if there is no such call
     */
    Optional<WebAnswer> answer(WebRequest request, List<String> path, String contentType) {
        if (path.size() < 2 || path.size() > 3 || path.get(0).startsWith("_")) {
            return Optional.empty();
        }
        String index = path.get(0);
        Optional<String> id = path.size() == 3 ? Optional.of(path.get(2)) : Optional.empty();
        return switch (request.method() + " " + path.get(1)) {
            case "GET _doc" -> id.map(document -> get(index, document, contentType));
            case "DELETE _doc" -> id.map(document -> delete(index, document, contentType));
            case "PUT _doc", "POST _doc" -> Optional.of(put(request, index, id, contentType));
            case "PUT _create", "POST _create" -> id.map(document -> create(request, index, document, contentType));
            default -> Optional.empty();
        };
    }

    private WebAnswer get(String name, String id, String contentType) {
        SimulatedIndex index = existing(name);
        return index.revision(id)
                .map(revision -> WebAnswer.json(
                        200,
                        contentType,
                        Json.map(
                                "_index",
                                name,
                                "_id",
                                id,
                                "_version",
                                revision.version(),
                                "_seq_no",
                                revision.sequenceNumber(),
                                "_primary_term",
                                PRIMARY_TERM,
                                "found",
                                true,
                                "_source",
                                index.get(id))))
                .orElseGet(() -> WebAnswer.json(404, contentType, Json.map("_index", name, "_id", id, "found", false)));
    }

    private WebAnswer delete(String name, String id, String contentType) {
        SimulatedIndex index = existing(name);
        boolean present = index.revision(id).isPresent();
        Revision revision = index.delete(id);
        return WebAnswer.json(
                present ? 200 : 404, contentType, written(index, id, revision, present ? "deleted" : "not_found"));
    }

    private WebAnswer create(WebRequest request, String name, String id, String contentType) {
        SimulatedIndex index = engine.existingOrNew(name);
        Blocks.refuseWrite(engine.node(), index);
        index.revision(id).ifPresent(present -> {
            throw EngineException.versionConflict(
                    index, id, "document already exists (current version [" + present.version() + "])");
        });
        return put(request, index, id, contentType);
    }

    private WebAnswer put(WebRequest request, String name, Optional<String> id, String contentType) {
        if (id.isPresent() && request.query("op_type", "index").equals("create")) {
            return create(request, name, id.get(), contentType);
        }
        SimulatedIndex index = engine.existingOrNew(name);
        Blocks.refuseWrite(engine.node(), index);
        String document = id.orElseGet(() -> "auto-" + (index.count() + 1));
        String number = request.query("if_seq_no", "");
        if (!number.isEmpty()) {
            require(index, document, number, request.query("if_primary_term", ""));
        }
        return put(request, index, document, contentType);
    }

    private static void require(SimulatedIndex index, String id, String number, String term) {
        Optional<Revision> revision = index.revision(id);
        boolean same = revision.filter(r -> Long.toString(r.sequenceNumber()).equals(number)
                        && Integer.toString(PRIMARY_TERM).equals(term))
                .isPresent();
        if (!same) {
            throw EngineException.versionConflict(
                    index,
                    id,
                    "required seqNo [" + number + "], primary term [" + term + "]. "
                            + revision.map(r -> "current document has seqNo [" + r.sequenceNumber()
                                            + "] and primary term [" + PRIMARY_TERM + "]")
                                    .orElse("but no document was found"));
        }
    }

    private static WebAnswer put(WebRequest request, SimulatedIndex index, String id, String contentType) {
        boolean present = index.revision(id).isPresent();
        Revision revision = index.put(id, request.json().orElse(Map.of()));
        return WebAnswer.json(
                present ? 200 : 201, contentType, written(index, id, revision, present ? "updated" : "created"));
    }

    private SimulatedIndex existing(String name) {
        SimulatedIndex index = engine.indices().get(name);
        if (index == null) {
            throw EngineException.indexNotFound(name);
        }
        if (!index.isOpen()) {
            throw EngineException.about(400, "index_closed_exception", "closed", index);
        }
        return index;
    }

    private static Map<String, @Nullable Object> written(
            SimulatedIndex index, String id, Revision revision, String result) {
        return Json.map(
                "_index", index.name(),
                "_id", id,
                "_version", revision.version(),
                "result", result,
                "_shards", Json.map("total", 1, "successful", 1, "failed", 0),
                "_seq_no", revision.sequenceNumber(),
                "_primary_term", PRIMARY_TERM);
    }
}
