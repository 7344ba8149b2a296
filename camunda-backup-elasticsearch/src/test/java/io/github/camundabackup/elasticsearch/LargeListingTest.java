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
import org.junit.jupiter.api.Test;

class LargeListingTest {
    private static final int SNAPSHOTS = 100_000;
    private static final String HEAP = "-Xmx32m";

    private final AtomicLong sent = new AtomicLong();

    @Test
    void lists100000SnapshotsInAHeapThatCouldNotHoldThem() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(server));
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            HEAP,
                            "-XX:+ExitOnOutOfMemoryError",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ListingProgram.class.getName(),
                            "http://127.0.0.1:" + server.getLocalPort())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(output).contains(SNAPSHOTS + " snapshots");
            assertThat(program.waitFor()).isZero();
            served.join();
            assertThat(sent.get()).as("bytes that would have had to be held").isGreaterThan(100_000_000L);
        }
    }

    // Made while it is sent: this JVM need not hold it either.
    private void serve(ServerSocket server) {
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
            String failure = "{\"index\":\"i\",\"shard_id\":0,\"reason\":\"" + "x".repeat(150) + "\"}";
            String failures = String.join(",", Collections.nCopies(6, failure));
            for (int i = 0; i < SNAPSHOTS; i++) {
                write(
                        answer,
                        (i == 0 ? "" : ",") + "{\"snapshot\":\"camunda_operate_" + i
                                + "_8.6.0_part_1_of_6\",\"uuid\":\"u" + i
                                + "\",\"state\":\"PARTIAL\",\"metadata\":{\"backupId\":" + i + "},\"failures\":["
                                + failures
                                + "]}");
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
