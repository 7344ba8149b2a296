package io.github.camundabackup.test.engine;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.process.FileTrees;
import io.github.camundabackup.test.process.FreePorts;
import io.github.camundabackup.test.process.Http;
import io.github.camundabackup.test.process.JavaHomes;
import io.github.camundabackup.test.process.ServerProcess;
import io.github.camundabackup.test.process.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * A real Keycloak on a free port of the loopback interface, with TLS, and with the realm {@code camunda}. Its data are
 * where the build has unpacked it. It ends with {@link #close()}, and also when this JVM ends or is killed.
 */
public final class Keycloak implements AutoCloseable {
    /** The secret that every client of the realm begins with. */
    public static final String SECRET = "s3cr3t-of-the-client";

    /** What tokens of the client {@code backup} are for. */
    public static final String AUDIENCE = "camunda-management";

    private static final String HOME = "camunda-backup.keycloak.home";
    private static final int JAVA = 21;
    private static final String ADMINISTRATOR = "administrator";

    private final TemporaryDirectory directory;
    private final ServerProcess process;
    private final Path keyStore;
    private final SSLContext trust;
    private final Http http;
    private final URI uri;
    private final URI ready;

    private Keycloak(Path home, Certificates certificates, String realm) throws IOException {
        directory = new TemporaryDirectory("keycloak", this::kill);
        trust = certificates.trusting();
        http = new Http(trust, "");
        keyStore = directory.path().resolve("server.p12");
        useCertificate(certificates.keyStore());
        List<Integer> ports = FreePorts.find(2);
        uri = URI.create("https://127.0.0.1:" + ports.get(0));
        ready = URI.create("http://127.0.0.1:" + ports.get(1) + "/realms/master");
        if (Files.isDirectory(home.resolve("data"))) {
            FileTrees.delete(home.resolve("data"));
        }
        Path imported = Files.createDirectories(home.resolve("data").resolve("import"));
        Files.writeString(imported.resolve("camunda-realm.json"), realm);
        process = new ServerProcess(
                "Keycloak",
                List.of(
                        "bash",
                        home.resolve("bin").resolve("kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--http-host=127.0.0.1",
                        "--http-port=" + ports.get(1),
                        "--https-port=" + ports.get(0),
                        "--https-key-store-file=" + keyStore,
                        "--https-key-store-password=" + Certificates.PASSWORD),
                Map.of(
                        "JAVA_HOME",
                        java().toString(),
                        "JAVA_OPTS_KC_HEAP",
                        "-Xms64m -Xmx512m",
                        "JAVA_OPTS_APPEND",
                        "-XX:TieredStopAtLevel=1",
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        ADMINISTRATOR,
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        ADMINISTRATOR),
                directory.path(),
                home.resolveSibling("keycloak.log"));
        try {
            startAgain();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts the one that the build has unpacked, and waits until it answers.
     *
     * @param realm JSON to import
     * @throws IllegalStateException if it is not there or does not start
     */
    public static Keycloak start(Certificates certificates, String realm) {
        String home = System.getProperty(HOME);
        if (home == null || !Files.isRegularFile(Path.of(home, "bin", "kc.sh"))) {
            throw new IllegalStateException("There is no Keycloak to test with (system property " + HOME
                    + "). Run \"mvn verify -Pkeycloak -Dtest=none -pl camunda-backup-elasticsearch -am\": the build unpacks it"
                    + " before it runs these tests.");
        }
        try {
            return new Keycloak(Path.of(home), certificates, realm);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + home, e);
        }
    }

    /** Where the realm is. */
    public URI realm() {
        return URI.create(uri + "/realms/camunda");
    }

    /** Where tokens are asked for. */
    public URI tokenEndpoint() {
        return URI.create(realm() + "/protocol/openid-connect/token");
    }

    /** The public keys of the realm, as it shows them. */
    public Map<String, Object> keys() {
        return json(http.call("GET", URI.create(realm() + "/protocol/openid-connect/certs"), ""));
    }

    /** Ends it as a loss of power would. */
    public void kill() {
        process.kill();
    }

    /** Starts it after it was killed, with its data and on its port, and waits until it answers. */
    public void startAgain() {
        process.start();
        // Not over TLS: its certificate may be none to trust.
        process.awaitReady(() -> http.answers(ready, 200), "");
    }

    /** Starts it again with another certificate. */
    public void startAgainWith(Path otherKeyStore) {
        kill();
        useCertificate(otherKeyStore);
        startAgain();
    }

    /** Gives a client another secret. */
    public void rotate(String clientId, String secret) {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(URI.create(uri + "/realms/master/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=password&client_id=admin-cli&username="
                                + ADMINISTRATOR + "&password=" + ADMINISTRATOR))
                        .build());
        Http administrator = new Http(trust, "Bearer " + json(answer.body()).get("access_token"));
        String clients = uri + "/admin/realms/camunda/clients";
        String found = administrator.call("GET", URI.create(clients + "?clientId=" + clientId), "");
        Object client = ((List<?>) json("{\"found\":" + found + "}").getOrDefault("found", List.of())).get(0);
        administrator.call(
                "PUT",
                URI.create(clients + "/" + ((Map<?, ?>) client).get("id")),
                "{\"clientId\":\"" + clientId + "\",\"secret\":\"" + secret + "\"}");
    }

    @Override
    public void close() {
        directory.close();
    }

    private void useCertificate(Path from) {
        try {
            Files.copy(from, keyStore, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> json(String text) {
        return Json.object(text.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalStateException("No JSON object: " + text));
    }

    private static Path java() {
        return JavaHomes.installed().stream()
                .filter(candidate -> JavaHomes.version(candidate) >= JAVA)
                .min(Comparator.comparing(JavaHomes::version))
                .orElseThrow(() -> new IllegalStateException("Keycloak needs a JDK " + JAVA
                        + " or later, and none is in " + JavaHomes.installed()
                        + ". Install one, or set CAMUNDA_JAVA_HOME."));
    }
}
