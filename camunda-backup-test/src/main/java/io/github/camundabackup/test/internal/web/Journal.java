package io.github.camundabackup.test.internal.web;

import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.Server;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The requests in the order of their arrival. Thread-safe. */
public final class Journal {
    private static final int MAX_BODY = 64 * 1024;

    private final List<RecordedRequest> requests = new ArrayList<>();

    /** Returns the number of the entry. */
    synchronized int arrived(Server server, WebRequest request, Optional<Fault> fault, Instant time) {
        int number = requests.size() + 1;
        byte[] body = request.body();
        requests.add(new RecordedRequest(
                number,
                server,
                request.method(),
                request.path(),
                request.rawQuery(),
                new String(body, 0, Math.min(body.length, MAX_BODY), StandardCharsets.UTF_8),
                0,
                fault,
                time));
        return number;
    }

    synchronized void answered(int number, int status) {
        RecordedRequest r = requests.get(number - 1);
        requests.set(
                number - 1,
                new RecordedRequest(
                        r.number(),
                        r.server(),
                        r.method(),
                        r.path(),
                        r.query(),
                        r.body(),
                        status,
                        r.fault(),
                        r.time()));
    }

    public synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }
}
