package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.searchengine.EngineState;
import io.github.camundabackup.test.internal.web.Application;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * A search engine in which a running gateway makes the index of its sessions again as soon as it is deleted, open and
 * empty (camunda#63338).
 */
public final class WebSessions implements Application {
    private final Application application;
    private final EngineState engine;
    private final BooleanSupplier running;

    /**
     * @param running whether the gateway runs now
     */
    public WebSessions(Application application, EngineState engine, BooleanSupplier running) {
        this.application = application;
        this.engine = engine;
        this.running = running;
    }

    @Override
    public CompletableFuture<WebAnswer> answer(WebRequest request) {
        return application.answer(request).thenApply(answer -> {
            if (request.method().equals("DELETE") && running.getAsBoolean()) {
                engine.createIndex(IndexCatalog.WEB_SESSIONS, Map.of());
            }
            return answer;
        });
    }
}
