package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.internal.json.Document;
import io.github.camundabackup.internal.json.Json;
import io.github.camundabackup.journal.ProcessIdentity;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A process that works on a dump, as it is on record there.
 *
 * @param process its number
 * @param identity what tells it from others that had this number; empty where the system does not say
 * @param data the directory that it writes to
 */
record Owner(long process, Optional<ProcessIdentity> identity, String data) {
    private static final int FORMAT_VERSION = 1;

    static Owner here(String data) {
        return of(ProcessHandle.current(), data);
    }

    static Owner of(ProcessHandle process, String data) {
        return new Owner(process.pid(), ProcessIdentity.of(process.pid()), data);
    }

    byte[] toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("process", process);
        identity.ifPresent(known -> {
            json.put("boot", known.boot());
            json.put("namespace", known.namespace());
            json.put("startTicks", known.startTicks());
        });
        json.put("data", data);
        return Json.writePretty(json).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @throws IllegalArgumentException if it is none
     */
    static Owner read(String text) {
        Document json = Document.read(text, "record of who makes a dump", FORMAT_VERSION);
        Optional<ProcessIdentity> identity = json.json()
                .text("boot")
                .map(boot -> new ProcessIdentity(boot, json.text("namespace"), json.number("startTicks")));
        return new Owner(json.number("process"), identity, json.text("data"));
    }

    /** Whether it is known to have ended. */
    boolean hasEnded() {
        return identity.filter(known -> known.hasEnded(process)).isPresent();
    }

    /** Whether it is known to run. */
    boolean runs() {
        return identity.isPresent()
                && !hasEnded()
                && ProcessIdentity.of(process).equals(identity);
    }
}
