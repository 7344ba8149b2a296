package io.github.camundabackup.samples.documentation;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.component.ExternalBackup;
import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.ClientCredentials;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.RequestSigner;
import io.github.camundabackup.endpoint.TlsSettings;
import io.github.camundabackup.runtime.ClientResources;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/** For docs/guide/configuration.md. */
final class ConfigurationSnippets {
    private ConfigurationSnippets() {}

    static List<Endpoint> from88() {
        // snippet
        Endpoint orchestrationCluster = Endpoint.of(URI.create("http://camunda.internal:9600"));
        Endpoint optimize = Endpoint.of(URI.create("http://optimize.internal:8092"));
        // end
        return List.of(orchestrationCluster, optimize);
    }

    static List<Endpoint> upTo87() {
        // snippet
        Endpoint zeebe = Endpoint.of(URI.create("http://zeebe-gateway.internal:9600"));
        Endpoint operate = Endpoint.of(URI.create("http://operate.internal:9600"));
        Endpoint tasklist = Endpoint.of(URI.create("http://tasklist.internal:9600"));
        Endpoint optimize = Endpoint.of(URI.create("http://optimize.internal:8092"));
        // end
        return List.of(zeebe, operate, tasklist, optimize);
    }

    static Endpoint contextPath() {
        // snippet
        Endpoint orchestrationCluster = Endpoint.of(URI.create("https://camunda.example.com:9600/orchestration"));
        // end
        return orchestrationCluster;
    }

    static void restApi(CamundaBackupClient.Builder builder, Authentication authentication) {
        // snippet
        builder.orchestrationCluster(URI.create("http://camunda.internal:9600"))
                .restApi(Endpoint.builder(URI.create("https://camunda.example.com"))
                        .authentication(authentication)
                        .build());
        // end
    }

    static void standaloneBackup(CamundaBackupClient.Builder builder) {
        // snippet
        builder.orchestrationCluster(URI.create("http://camunda.internal:9600"))
                .webApplicationsBackup(ExternalBackup.command("/opt/camunda/bin/backup-webapps")
                        .environment(Map.of("SPRING_CONFIG_ADDITIONALLOCATION", "/etc/camunda/backup.yaml")));
        // end
    }

    static Endpoint basic(String password) {
        // snippet
        Endpoint searchEngine = Endpoint.builder(URI.create("https://elasticsearch.internal:9200"))
                .authentication(Authentication.basic("camunda-backup", password))
                .build();
        // end
        return searchEngine;
    }

    static Endpoint apiKey(String encodedKey) {
        // snippet
        Endpoint searchEngine = Endpoint.builder(URI.create("https://elasticsearch.internal:9200"))
                .authentication(Authentication.apiKey(encodedKey))
                .build();
        // end
        return searchEngine;
    }

    static Endpoint bearer(Supplier<String> tokens) {
        // snippet
        Endpoint optimize = Endpoint.builder(URI.create("https://optimize.internal:8092"))
                .authentication(Authentication.bearer(tokens))
                .build();
        // end
        return optimize;
    }

    static List<Endpoint> clientCredentials() {
        // snippet
        ClientCredentials client = ClientCredentials.builder(
                        URI.create("https://keycloak.internal/realms/camunda/protocol/openid-connect/token"),
                        "camunda-backup")
                .secretFile(Path.of("/var/run/secrets/camunda-backup/client-secret"))
                .scope("camunda-management")
                .tls(TlsSettings.builder()
                        .trustCertificates(Path.of("/etc/camunda-backup/ca.pem"))
                        .build())
                .build();
        Authentication authentication = Authentication.clientCredentials(client);
        Endpoint orchestrationCluster = Endpoint.builder(URI.create("https://camunda.internal:9600"))
                .authentication(authentication)
                .build();
        Endpoint optimize = Endpoint.builder(URI.create("https://optimize.internal:8092"))
                .authentication(authentication)
                .build();
        // end
        return List.of(orchestrationCluster, optimize);
    }

    static Endpoint privateAuthority() {
        // snippet
        Endpoint searchEngine = Endpoint.builder(URI.create("https://elasticsearch.internal:9200"))
                .tls(TlsSettings.builder()
                        .trustCertificates(Path.of("/etc/camunda-backup/ca.pem"))
                        .build())
                .build();
        // end
        return searchEngine;
    }

    static Endpoint clientCertificate(char[] password) {
        // snippet
        Endpoint orchestrationCluster = Endpoint.builder(URI.create("https://camunda.internal:9600"))
                .tls(TlsSettings.builder()
                        .trustCertificates(Path.of("/etc/camunda-backup/ca.pem"))
                        .clientCertificate(Path.of("/etc/camunda-backup/client.p12"), password)
                        .build())
                .build();
        // end
        return orchestrationCluster;
    }

    static Endpoint signed(RequestSigner signatureVersion4) {
        // snippet
        Endpoint searchEngine = Endpoint.builder(URI.create("https://search-camunda.eu-central-1.es.amazonaws.com"))
                .signer(signatureVersion4)
                .build();
        // end
        return searchEngine;
    }

    static Endpoint proxyAndTimeouts() {
        // snippet
        Endpoint operate = Endpoint.builder(URI.create("https://proxy.internal/operate"))
                .header("X-Tenant", "payments")
                .connectTimeout(Duration.ofSeconds(5))
                .requestTimeout(Duration.ofSeconds(60))
                .build();
        // end
        return operate;
    }

    static ClientResources sharedThreads(ExecutorService executor) {
        // snippet
        ClientResources resources = ClientResources.builder().executor(executor).build();
        // end
        return resources;
    }

    static CamundaBackupClient.Builder brokers(CamundaBackupClient.Builder builder) {
        // snippet
        builder.broker(Endpoint.of(URI.create("http://camunda-0.camunda.internal:9600")))
                .broker(Endpoint.of(URI.create("http://camunda-1.camunda.internal:9600")))
                .broker(Endpoint.of(URI.create("http://camunda-2.camunda.internal:9600")));
        // end
        return builder;
    }

    static CamundaBackupClient.Builder limits(CamundaBackupClient.Builder builder) {
        // snippet
        builder.stepTimeout(Duration.ofHours(1)).pauseLimit(Duration.ofMinutes(90));
        // end
        return builder;
    }

    static CamundaBackupClient many(Endpoint searchEngine, Endpoint orchestrationCluster, ClientResources resources) {
        // snippet
        CamundaBackupClient client = CamundaBackupClient.builder()
                .orchestrationCluster(orchestrationCluster)
                .snapshotStore(ElasticsearchSnapshotStore.builder()
                        .endpoint(searchEngine)
                        .repository("camunda")
                        .resources(resources)
                        .build())
                .resources(resources)
                .build();
        // end
        return client;
    }
}
