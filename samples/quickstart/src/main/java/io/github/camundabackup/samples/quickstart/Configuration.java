package io.github.camundabackup.samples.quickstart;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.ClientCredentials;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.TlsSettings;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.samples.quickstart.Environment.BadValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configuration by the environment; see the table in samples/quickstart/README.md. All of it is read and checked
 * before anything happens.
 */
public final class Configuration {
    private static final List<String> CLUSTER = List.of(
            "ORCHESTRATION_URL",
            "REST_API_URL",
            "ZEEBE_URL",
            "OPERATE_URL",
            "TASKLIST_URL",
            "OPTIMIZE_URL",
            "BROKER_URLS",
            "CAMUNDA_USER",
            "CAMUNDA_PASSWORD",
            "CAMUNDA_TOKEN",
            "CAMUNDA_TOKEN_URL",
            "CAMUNDA_CLIENT_ID",
            "CAMUNDA_CLIENT_SECRET",
            "CAMUNDA_CLIENT_SECRET_FILE",
            "CAMUNDA_CLIENT_SECRET_IN_BODY",
            "CAMUNDA_SCOPE",
            "CAMUNDA_AUDIENCE",
            "SEARCH_ENGINE_URL",
            "SEARCH_ENGINE_USER",
            "SEARCH_ENGINE_PASSWORD",
            "SEARCH_ENGINE_TOKEN",
            "SEARCH_ENGINE_API_KEY",
            "SEARCH_ENGINE_TOKEN_URL",
            "SEARCH_ENGINE_CLIENT_ID",
            "SEARCH_ENGINE_CLIENT_SECRET",
            "SEARCH_ENGINE_CLIENT_SECRET_FILE",
            "SEARCH_ENGINE_CLIENT_SECRET_IN_BODY",
            "SEARCH_ENGINE_SCOPE",
            "SEARCH_ENGINE_AUDIENCE",
            "REPOSITORY",
            "RECORD_PREFIX",
            "CA_CERTIFICATES");
    private static final List<String> OTHERS = List.of("SEARCH_ENGINE", "SIMULATE", "ID", "REPORT", "ZEEBE_DIRECTORY");

    private static final String ONE_WAY = "a request can identify itself in one way only.";

    /** Endpoints with the same credentials share their access tokens. */
    private final Map<String, Optional<Authentication>> authentications = new HashMap<>();

    private final Environment environment;
    private final Engine engine;
    private final CamundaLine simulatedLine;
    private final Optional<BackupId> backupId;
    private final Optional<Path> reportFile;
    private final Optional<Path> zeebeDirectory;
    private final Optional<CamundaBackupClient.Builder> ownCluster;

    private Configuration(Environment environment) {
        this.environment = environment;
        engine = engine(environment);
        simulatedLine = simulatedLine(environment);
        backupId = environment.parsed("ID", BackupId::parse);
        reportFile = environment.parsed("REPORT", Configuration::writable);
        zeebeDirectory = environment.parsed("ZEEBE_DIRECTORY", Configuration::directory);
        ownCluster = namesCluster(environment) ? Optional.of(client()) : Optional.empty();
    }

    /**
     * Reads the environment.
     *
     * @throws BadValueException if something is missing, unknown or cannot be used
     */
    static Configuration of(Map<String, String> variables) {
        return of(variables, OTHERS);
    }

    /**
     * As {@link #of(Map)}.
     *
     * @param others the names of all variables that are known beside those of a cluster
     */
    public static Configuration of(Map<String, String> variables, List<String> others) {
        return new Configuration(environment(variables, others));
    }

    /**
     * The variables alone, of which none but those of a cluster and the others may be set.
     *
     * @throws BadValueException if another one is set
     */
    public static Environment environment(Map<String, String> variables, List<String> others) {
        return new Environment(
                variables, Stream.concat(CLUSTER.stream(), others.stream()).toList());
    }

    /**
     * Whether a real cluster is meant: if any of its variables is set. It must not be replaced by a simulated one
     * because another is missing.
     */
    public static boolean namesCluster(Environment environment) {
        return CLUSTER.stream().anyMatch(name -> environment.text(name).isPresent());
    }

    /** For the user's cluster; empty if none is configured. */
    public Optional<CamundaBackupClient.Builder> ownCluster() {
        return ownCluster;
    }

    /** The engine of the user's cluster or of the simulated one. */
    public Engine searchEngine() {
        return engine;
    }

    /** What line a simulated cluster is of. */
    public CamundaLine simulatedLine() {
        return simulatedLine;
    }

    public Optional<BackupId> backupId() {
        return backupId;
    }

    /** The variables that this was read from. */
    public Environment environment() {
        return environment;
    }

    /** Where Zeebe's backups are: read for the user's cluster, and written by the simulated one. */
    Optional<Path> zeebeDirectory() {
        return zeebeDirectory;
    }

    Optional<Path> reportFile() {
        return reportFile;
    }

    /** The engine of the user's cluster or of the simulated one. */
    public static Engine engine(Environment environment) {
        String name = environment.text("SEARCH_ENGINE").orElse("elasticsearch");
        return switch (name) {
            case "elasticsearch" -> Engine.ELASTICSEARCH;
            case "opensearch" -> Engine.OPENSEARCH;
            default ->
                throw environment.bad("SEARCH_ENGINE", "must be elasticsearch or opensearch, but is \"" + name + "\".");
        };
    }

    /** What line a simulated cluster is of. */
    public static CamundaLine simulatedLine(Environment environment) {
        String version = environment.text("SIMULATE").orElse("8.8");
        return CamundaLines.known()
                .ofVersion(version)
                .orElseThrow(() -> environment.bad(
                        "SIMULATE",
                        "must be one of "
                                + CamundaLines.known().all().stream()
                                        .flatMap(line -> line.releases().stream())
                                        .collect(Collectors.joining(", "))
                                + ", but is \"" + version + "\"."));
    }

    private static Path directory(String name) {
        Path path = Path.of(name).toAbsolutePath();
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException("There is no directory " + path + ".");
        }
        return path;
    }

    private static Path writable(String file) {
        Path path = Path.of(file).toAbsolutePath();
        @Nullable Path directory = path.getParent();
        if (directory == null || !Files.isWritable(directory) || Files.isDirectory(path)) {
            throw new IllegalArgumentException("A file cannot be written to " + path + ".");
        }
        return path;
    }

    private CamundaBackupClient.Builder client() {
        for (String old : List.of("ZEEBE_URL", "OPERATE_URL", "TASKLIST_URL")) {
            environment.exclusive(
                    "ORCHESTRATION_URL", old, "the first is for 8.8 and later, the second for versions up to 8.7.");
        }
        if (environment
                .text("ORCHESTRATION_URL")
                .or(() -> environment.text("ZEEBE_URL"))
                .isEmpty()) {
            throw environment.missing(
                    "ORCHESTRATION_URL",
                    "http://localhost:9600; for versions up to 8.7, set CAMUNDA_BACKUP_ZEEBE_URL instead");
        }
        CamundaBackupClient.Builder client = CamundaBackupClient.builder();
        camunda("ORCHESTRATION_URL").ifPresent(client::orchestrationCluster);
        camunda("REST_API_URL").ifPresent(client::restApi);
        camunda("ZEEBE_URL").ifPresent(client::zeebe);
        camunda("OPERATE_URL").ifPresent(client::operate);
        camunda("TASKLIST_URL").ifPresent(client::tasklist);
        camunda("OPTIMIZE_URL").ifPresent(client::optimize);
        environment.text("BROKER_URLS").ifPresent(urls -> {
            for (String url : urls.split(",", -1)) {
                client.broker(endpoint("BROKER_URLS", "CAMUNDA", url));
            }
        });
        environment.parsed("RECORD_PREFIX", client::recordIndexPrefix);
        String searchEngine = environment.required("SEARCH_ENGINE_URL", "http://localhost:9200");
        Endpoint endpoint = endpoint("SEARCH_ENGINE_URL", "SEARCH_ENGINE", searchEngine);
        String repository = environment.required("REPOSITORY", "camunda");
        return client.snapshotStore(environment.checked("REPOSITORY", () -> engine.store(endpoint, repository)));
    }

    private Optional<Endpoint> camunda(String variable) {
        return environment.text(variable).map(url -> endpoint(variable, "CAMUNDA", url));
    }

    private Endpoint endpoint(String variable, String credentials, String url) {
        Endpoint.Builder endpoint = environment.checked(variable, () -> Endpoint.builder(uri(url)));
        authentications.computeIfAbsent(credentials, this::authentication).ifPresent(endpoint::authentication);
        tls().ifPresent(endpoint::tls);
        return endpoint.build();
    }

    private Optional<TlsSettings> tls() {
        return environment.parsed(
                "CA_CERTIFICATES",
                pem -> TlsSettings.builder().trustCertificates(Path.of(pem)).build());
    }

    private static URI uri(String url) {
        try {
            return new URI(url.strip());
        } catch (URISyntaxException e) {
            // The reason without the URL, which may hold a password; so no cause either.
            throw new IllegalArgumentException(
                    "This is not a URL: " + e.getReason() + " at index " + e.getIndex() + ".");
        }
    }

    private Optional<Authentication> authentication(String of) {
        String user = of + "_USER";
        String password = of + "_PASSWORD";
        String token = of + "_TOKEN";
        String apiKey = of + "_API_KEY";
        String client = of + "_CLIENT_ID";
        environment.exclusive(user, token, ONE_WAY);
        environment.exclusive(user, apiKey, ONE_WAY);
        environment.exclusive(user, client, ONE_WAY);
        environment.exclusive(token, apiKey, ONE_WAY);
        environment.exclusive(token, client, ONE_WAY);
        environment.exclusive(apiKey, client, ONE_WAY);
        if (environment.text(password).isPresent()) {
            environment.required(user, "the user whose password it is");
        }
        return environment
                .parsed(user, name -> Authentication.basic(name, environment.required(password, "the user's password")))
                .or(() -> environment.text(token).map(value -> Authentication.bearer(() -> value)))
                .or(() -> environment.parsed(apiKey, Authentication::apiKey))
                .or(() -> clientCredentials(of));
    }

    private Optional<Authentication> clientCredentials(String of) {
        String client = of + "_CLIENT_ID";
        String tokenUrl = of + "_TOKEN_URL";
        String secret = of + "_CLIENT_SECRET";
        String secretFile = secret + "_FILE";
        String inBody = secret + "_IN_BODY";
        if (Stream.of(client, tokenUrl, secret, secretFile, inBody, of + "_SCOPE", of + "_AUDIENCE")
                .allMatch(name -> environment.text(name).isEmpty())) {
            return Optional.empty();
        }
        String id = environment.required(client, "camunda-backup, as the identity provider calls the client");
        String url = environment.required(tokenUrl, "https://keycloak/realms/camunda/protocol/openid-connect/token");
        environment.exclusive(secret, secretFile, "there is one of them only.");
        if (environment.text(secretFile).isEmpty()) {
            environment.required(
                    secret,
                    "what the identity provider gave to the client, or set CAMUNDA_BACKUP_" + secretFile
                            + " to where that is");
        }
        ClientCredentials.Builder credentials =
                environment.checked(tokenUrl, () -> ClientCredentials.builder(uri(url), id));
        environment.text(secret).ifPresent(value -> credentials.secret(() -> value));
        environment.parsed(secretFile, file -> credentials.secretFile(Path.of(file)));
        environment
                .parsed(inBody, Configuration::yesOrNo)
                .filter(yes -> yes)
                .ifPresent(yes -> credentials.secretInBody());
        environment.text(of + "_SCOPE").ifPresent(credentials::scope);
        environment.text(of + "_AUDIENCE").ifPresent(credentials::audience);
        tls().ifPresent(credentials::tls);
        return Optional.of(Authentication.clientCredentials(credentials.build()));
    }

    private static boolean yesOrNo(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("It must be true or false.");
        };
    }
}
