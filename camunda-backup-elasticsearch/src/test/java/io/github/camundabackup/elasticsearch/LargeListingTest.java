package io.github.camundabackup.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class LargeListingTest {
    private static final int SNAPSHOTS = 100_000;

    private final AtomicLong sent = new AtomicLong();

    @Test
    void lists100000SnapshotsInAHeapThatCouldNotHoldThem() throws Exception {
        String failure = "{\"index\":\"i\",\"shard_id\":0,\"reason\":\"" + "x".repeat(150) + "\"}";
        String failures = String.join(",", Collections.nCopies(6, failure));

        String output = run(
                ListingProgram.class,
                "-Xmx32m",
                i -> "{\"snapshot\":\"camunda_operate_" + i + "_8.6.0_part_1_of_6\",\"uuid\":\"u" + i
                        + "\",\"state\":\"PARTIAL\",\"metadata\":{\"backupId\":" + i + "},\"failures\":[" + failures
                        + "]}");

        assertThat(output).contains(SNAPSHOTS + " snapshots");
        assertThat(sent.get()).as("bytes that would have had to be held").isGreaterThan(100_000_000L);
    }

    @Test
    void checks5000BackupsInAHeapThatCouldNotHoldThem() throws Exception {
        String description = "x".repeat(600);

        String output = run(
                CheckingProgram.class,
                "-Xmx64m",
                i -> "{\"snapshot\":\"camunda_webapps_" + (1 + i / 20) + "_8.8.0_part_" + (1 + i % 20)
                        + "_of_20\",\"uuid\":\"" + i + description
                        + "\",\"state\":\"SUCCESS\",\"metadata\":{\"partCount\":20},\"start_time_in_millis\":"
                        + (1000L + i)
                        + ",\"end_time_in_millis\":" + (1001L + i) + ",\"shards\":{\"total\":3,\"failed\":0}}");

        assertThat(output).contains("5000 backups, 5000 with all parts");
        assertThat(sent.get()).as("bytes that would have had to be held").isGreaterThan(64_000_000L);
    }

    private String run(Class<?> program, String heap, IntFunction<String> snapshot) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(server, snapshot));
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            heap,
                            "-XX:+ExitOnOutOfMemoryError",
                            "-cp",
                            System.getProperty("java.class.path"),
                            program.getName(),
                            "http://127.0.0.1:" + server.getLocalPort())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(output).isZero();
            served.join();
            return output;
        }
    }

    // Made while it is sent: this JVM need not hold it either.
    private void serve(ServerSocket server, IntFunction<String> snapshot) {
        try (Socket socket = server.accept();
                BufferedReader request =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                OutputStream answer = new BufferedOutputStream(socket.getOutputStream())) {
            String line = request.readLine();
            while (line != null && !line.isEmpty()) {
                line = request.readLine();
            }
            write(
                    answer,
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"snapshots\":[");
            for (int i = 0; i < SNAPSHOTS; i++) {
                write(answer, (i == 0 ? "" : ",") + snapshot.apply(i));
            }
            write(answer, "],\"total\":" + SNAPSHOTS + ",\"remaining\":0}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(OutputStream body, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        body.write(bytes);
        sent.addAndGet(bytes.length);
    }
}
