package io.github.camundabackup.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What a check of one backup asks of a repository with many: 100,000 snapshots in 5,000 backups. */
class OneOfManyBackupsTest {
    private static final int BACKUPS = 5_000;
    private static final int PARTS = 19;
    private static final long FIRST = 1_700_000_000;

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger described = new AtomicInteger();

    @Test
    void checkOfOneBackupTransfersLessThan100Kilobytes() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/_snapshot/camunda/", this::list);
        server.start();
        try (ClientResources resources = ClientResources.create();
                SnapshotStore store = ElasticsearchSnapshotStore.builder()
                        .endpoint(URI.create(
                                "http://127.0.0.1:" + server.getAddress().getPort()))
                        .repository("camunda")
                        .resources(resources)
                        .build()) {
            BackupId id = BackupId.of(FIRST + 3600L * BACKUPS / 2);

            ConsistencyChecker.of(store, resources).check(id).join();

            assertThat(described)
                    .as("its snapshots and its neighbours', and the contents of its own")
                    .hasValue(4 * (PARTS + 1));
            assertThat(bytes.get()).isLessThan(100_000);
            assertThat(requests.get()).isLessThanOrEqualTo(2 + PARTS + 1);
        } finally {
            server.stop(0);
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String path = exchange.getRequestURI().getPath();
        Predicate<String> wanted = Arrays.stream(
                        path.substring(path.lastIndexOf('/') + 1).split(","))
                .map(pattern -> Pattern.compile(pattern.replace("*", ".*")).asMatchPredicate())
                .reduce(name -> false, Predicate::or);
        boolean brief = String.valueOf(exchange.getRequestURI().getQuery()).contains("verbose=false");
        String snapshots = IntStream.range(0, BACKUPS)
                .mapToObj(number -> FIRST + 3600L * number)
                .flatMap(id -> names(id)
                        .filter(wanted)
                        .map(name -> brief ? "{\"snapshot\":\"" + name + "\"}" : described(name, id)))
                .collect(Collectors.joining(","));
        String answer = "{\"snapshots\":[" + snapshots + "],\"total\":1,\"remaining\":0}";
        boolean packs = List.of("gzip").equals(exchange.getRequestHeaders().get("Accept-Encoding"));
        byte[] body = packs ? packed(answer) : answer.getBytes(StandardCharsets.UTF_8);
        bytes.addAndGet(body.length);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (packs) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(200, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    private static Stream<String> names(long id) {
        return Stream.concat(
                IntStream.rangeClosed(1, PARTS)
                        .mapToObj(part -> "camunda_webapps_" + id + "_8.8.0_part_" + part + "_of_" + PARTS),
                Stream.of("camunda_zeebe_records_backup_" + id));
    }

    private String described(String name, long id) {
        described.incrementAndGet();
        return "{\"snapshot\":\"" + name + "\",\"uuid\":\"u" + name.hashCode()
                + "\",\"state\":\"SUCCESS\",\"version\":\"8.19.21\",\"metadata\":{},\"start_time_in_millis\":" + id
                + "000,\"end_time_in_millis\":" + id
                + "001,\"failures\":[],\"shards\":{\"total\":3,\"failed\":0,\"successful\":3}}";
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }
}
