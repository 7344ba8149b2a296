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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
    private static final Pattern ID = Pattern.compile("\\d{10}");

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
        String[] patterns = path.substring(path.lastIndexOf('/') + 1).split(",", -1);
        boolean brief = "false".equals(request.getUrl().queryParameter("verbose"));
        String snapshots = Arrays.stream(patterns)
                .flatMap(OneOfManyBackupsTest::matching)
                .distinct()
                .map(name -> brief ? "{\"snapshot\":\"" + name + "\"}" : described(name))
                .collect(Collectors.joining(","));
        String answer = "{\"snapshots\":[" + snapshots + "],\"total\":1,\"remaining\":0}";
        boolean packs = "gzip".equals(request.getHeaders().get("Accept-Encoding"));
        Buffer body = packs ? packed(answer) : new Buffer().writeUtf8(answer);
        bytes.addAndGet(body.size());
        MockResponse.Builder response = new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(body);
        return (packs ? response.addHeader("Content-Encoding", "gzip") : response).build();
    }

    /** Patterns with an id are not matched with the names of all others: a test should not take as long as they. */
    private static Stream<String> matching(String pattern) {
        Predicate<String> matches = Pattern.compile(pattern.replace("*", ".*")).asMatchPredicate();
        Matcher id = ID.matcher(pattern);
        LongStream ids = id.find()
                ? LongStream.of(Long.parseLong(id.group()))
                : IntStream.range(0, BACKUPS).mapToLong(number -> FIRST + 3600L * number);
        return ids.boxed().flatMap(OneOfManyBackupsTest::names).filter(matches);
    }

    private static Stream<String> names(long id) {
        return Stream.concat(
                IntStream.rangeClosed(1, PARTS)
                        .mapToObj(part -> "camunda_webapps_" + id + "_8.8.0_part_" + part + "_of_" + PARTS),
                Stream.of("camunda_zeebe_records_backup_" + id));
    }

    private String described(String name) {
        described.incrementAndGet();
        return "{\"snapshot\":\"" + name + "\",\"uuid\":\"u" + name.hashCode()
                + "\",\"state\":\"SUCCESS\",\"version\":\"8.19.21\",\"metadata\":{},\"start_time_in_millis\":1,\"end_time_in_millis\":2,\"failures\":[],\"shards\":{\"total\":3,\"failed\":0,\"successful\":3}}";
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
