package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Asks for the policies by which an engine deletes old indices: ILM in Elasticsearch, ISM in OpenSearch. */
final class PolicyOperations {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int WRONG_METHOD = 405;

    private final Engine engine;

    PolicyOperations(Engine engine) {
        this.engine = engine;
    }

    /** Which of them are not there. */
    CompletableFuture<List<String>> missing(Collection<String> names) {
        List<String> missing = new ArrayList<>();
        return Sequence.forEach(
                        new TreeSet<>(names),
                        name -> engine.ask(HttpCall.get(
                                        "look for the policy " + name,
                                        engine.dialect().policy(name).toArray(String[]::new)))
                                .thenAccept(answer -> {
                                    if (isUnknown(answer)) {
                                        missing.add(name);
                                    } else {
                                        engine.require(answer, Privilege.SEE_POLICIES);
                                    }
                                }))
                .thenApply(done -> List.copyOf(missing));
    }

    /**
     * Also where the engine has no policies at all, as a distribution without the module of ILM or the plugin of ISM: it
     * knows no such request then, and says so with a text that has no type (Elasticsearch 8.19.21, OpenSearch 2.19.6).
     */
    private static boolean isUnknown(HttpAnswer answer) {
        return (answer.status() == NOT_FOUND && EngineError.of(answer).isPresent())
                || ((answer.status() == BAD_REQUEST || answer.status() == WRONG_METHOD)
                        && answer.jsonIfAny()
                                .flatMap(json -> json.text("error"))
                                .isPresent());
    }
}
