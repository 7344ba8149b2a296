package io.github.camundabackup.component;

import io.github.camundabackup.support.Recorded;
import io.github.camundabackup.support.StubServer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Indexes of actuator endpoints, in the form of {@link Recorded#ZEEBE_INDEX}. */
final class Indexes {
    private Indexes() {}

    static void on(StubServer server, String... endpoints) {
        server.on("GET /actuator", 200, of(endpoints));
    }

    static String of(String... endpoints) {
        return Stream.of(endpoints)
                .map(name -> "\"" + name + "\":{\"href\":\"http://127.0.0.1:9600/actuator/" + name
                        + "\",\"templated\":false},\"" + name + "-id\":{\"href\":\"http://127.0.0.1:9600/actuator/"
                        + name
                        + "/{id}\",\"templated\":true}")
                .collect(Collectors.joining(
                        ",",
                        "{\"_links\":{\"self\":{\"href\":\"http://127.0.0.1:9600/actuator\",\"templated\":false},",
                        "}}"));
    }
}
