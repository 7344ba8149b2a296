package io.github.camundabackup.test.engine;

import io.github.camundabackup.test.process.FreePorts;
import io.github.camundabackup.test.process.ServerProcess;
import io.github.camundabackup.test.process.TemporaryDirectory;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real nginx in front of all servers of a simulated cluster, as an ingress is: one TLS port that wants a client's
 * certificate, and for each server a path of its own. It ends with {@link #close()}.
 */
public final class Nginx implements AutoCloseable {
    private final TemporaryDirectory directory;
    private final ServerProcess process;
    private final URI uri;

    private Nginx(SimulatedCluster cluster, Certificates certificates, String settings) throws IOException {
        directory = new TemporaryDirectory("nginx", this::kill);
        int port = FreePorts.find(1).get(0);
        uri = URI.create("https://localhost:" + port);
        Path configuration = directory.path().resolve("nginx.conf");
        Files.writeString(configuration, configuration(cluster, certificates, settings, port));
        process = new ServerProcess(
                "nginx",
                List.of(program(), "-p", directory.path() + "/", "-c", configuration.toString(), "-e", "stderr"),
                Map.of(),
                directory.path(),
                directory.path().resolve("console.log"));
        try {
            start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts one, and waits until it takes connections.
     *
     * @param settings more of nginx's settings, each with its semicolon
     * @throws IllegalStateException if there is no nginx on this machine
     */
    public static Nginx before(SimulatedCluster cluster, Certificates certificates, String settings) {
        try {
            return new Nginx(cluster, certificates, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the given server is reached through it. */
    public URI uri(Server server) {
        return URI.create(uri + path(server));
    }

    /** What it was asked for, a line each: protocol, status, coding of the answer's body, method and path. */
    public List<String> requests() {
        try {
            return Files.readAllLines(directory.path().resolve("access.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a loss of power would. */
    public void kill() {
        process.kill();
    }

    /** Starts it after it was killed, and waits until it takes connections. */
    public void start() {
        process.start();
        process.awaitReady(this::takesConnections, "");
    }

    @Override
    public void close() {
        directory.close();
    }

    private boolean takesConnections() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort()), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(directory -> Path.of(directory, "nginx"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "There is no nginx on this machine. Debian has it: \"apt-get install nginx-light\"."));
    }

    private static String path(Server server) {
        return "/camunda/" + server.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One process without workers, so that it needs no other user where tests run as root. */
    private static String configuration(
            SimulatedCluster cluster, Certificates certificates, String settings, int port) {
        String locations = cluster.servers().stream()
                .map(server -> "location " + path(server) + "/ { proxy_pass " + cluster.uri(server) + "/; }\n")
                .collect(Collectors.joining());
        return """
                daemon off;
                master_process off;
                pid nginx.pid;
                events { worker_connections 512; }
                http {
                  log_format told '$server_protocol $status "$sent_http_content_encoding" $request_method $uri';
                  access_log access.log told;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  gzip on;
                  gzip_types application/json;
                  gzip_min_length 1;
                  proxy_http_version 1.1;
                  ssl_certificate %s;
                  ssl_certificate_key %s;
                  ssl_client_certificate %s;
                  ssl_verify_client on;
                  server {
                    %s
                    listen 127.0.0.1:%d ssl http2;
                    %s
                  }
                }
                """.formatted(
                certificates.certificate(), certificates.key(), certificates.authority(), settings, port, locations);
    }
}
