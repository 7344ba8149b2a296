package io.github.camundabackup.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
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
        MockWebServer server = new MockWebServer();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return list(request);
            }
        });
        server.start(InetAddress.getLoopbackAddress(), 0);
        try (ClientResources resources = ClientResources.create();
                SnapshotStore store = ElasticsearchSnapshotStore.builder()
                        .endpoint(server.url("/").uri())
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
            server.close();
        }
    }

    private MockResponse list(RecordedRequest request) {
        requests.incrementAndGet();
        String path = request.getUrl().uri().getPath();
        Predicate<String> wanted = Arrays.stream(
                        path.substring(path.lastIndexOf('/') + 1).split(","))
                .map(pattern -> Pattern.compile(pattern.replace("*", ".*")).asMatchPredicate())
                .reduce(name -> false, Predicate::or);
        boolean brief = "false".equals(request.getUrl().queryParameter("verbose"));
        String snapshots = IntStream.range(0, BACKUPS)
                .mapToObj(number -> FIRST + 3600L * number)
                .flatMap(id -> names(id)
                        .filter(wanted)
                        .map(name -> brief ? "{\"snapshot\":\"" + name + "\"}" : described(name, id)))
                .collect(Collectors.joining(","));
        String answer = "{\"snapshots\":[" + snapshots + "],\"total\":1,\"remaining\":0}";
        assertThat(request.getHeaders().get("Accept-Encoding")).isEqualTo("gzip");
        Buffer body = packed(answer);
        bytes.addAndGet(body.size());
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .addHeader("Content-Encoding", "gzip")
                .body(body)
                .build();
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

    private static Buffer packed(String text) {
        Buffer packed = new Buffer();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed.outputStream())) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed;
    }
}
