package io.github.camundabackup.test.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.ClientCredentials;
import io.github.camundabackup.endpoint.Endpoint;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberTest {
    private static final String SECRET = "acme";

    private final Scrubber scrubber = new Scrubber(
            List.of(Endpoint.builder(URI.create("http://zeebe-acme:9600"))
                    .authentication(Authentication.basic("user-of-acme", "pass-of-acme"))
                    .header("X-Tenant", "tenant-of-acme")
                    .build()),
            List.of("acme_repository"));

    @Test
    void hidesWhatAnIdentityProviderKnows() {
        Scrubber of = new Scrubber(
                List.of(Endpoint.builder(URI.create("http://zeebe:9600"))
                        .authentication(Authentication.clientCredentials(ClientCredentials.builder(
                                        URI.create("https://login-of-acme:8443/token"), "client-of-acme")
                                .secret(() -> "secret-of-acme")
                                .scope("scope-of-acme")
                                .build()))
                        .build()),
                List.of());

        assertThat(of.text("client-of-acme has secret-of-acme for scope-of-acme at login-of-acme:8443, Bearer"
                        + " eyJhbGciOiJSUzI1NiJ9.eyJhY21lIjoxfQ.c2ln"))
                .doesNotContain(SECRET, "8443", "eyJ", "c2ln");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection refused: minio.acme.internal/10.0.0.5:9000",
                "Could not reach http://user:pw@acme.example.com:9200/path?acme",
                "java.net.UnknownHostException: acme",
                "I/O error on GET request for acme-search:9200",
                "[acme_repository:camunda_x] missing",
                "no such index [acme_zeebe-record_job]",
                "action is unauthorized for user [acme] with roles [a, acme]",
                "the header is tenant-of-acme, and user-of-acme said pass-of-acme",
                "location /mnt/backups/acme is not accessible",
                "zeebe-acme does not answer",
            })
    void namesAndAddressesAreTakenOutOfMessages(String message) {
        assertThat(scrubber.text(message)).doesNotContain(SECRET, "10.0.0.5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A backup with ID [1700000000] already exists. Found snapshots: [camunda_operate_1700000000_8.6.0_part_1_of_6]",
                "Requested backup has id 5. The latest backup has id 7.",
                "The content type is \"application/vnd.spring-boot.actuator.v3+json\", not \"application/json\".",
                "software.amazon.awssdk.core.exception.SdkClientException: Unable to execute HTTP request",
                "$.details[].state is \"FAILED\", not \"COMPLETED\"",
            })
    void whatMessagesSayIsKept(String message) {
        assertThat(scrubber.text(message)).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'acme_repository':{'type':'s3','settings':{'acme':'acme','endpoint':'acme'}}}",
                "{'nodes':{'acme':{'name':'acme'}}}",
                "{'name':'acme','cluster_name':'acme'}",
                "[{'index':'acme_zeebe-record_job','status':'open'}]",
                "{'snapshots':[{'snapshot':'acme','indices':['acme'],'metadata':{'acme':'acme'},'state':'SUCCESS'}]}",
                "{'indices':{'acme':{'shards':{'0':{'stage':'DONE','node':'acme'}}}}}",
                "{'_links':{'self':{'href':'http://acme/actuator','templated':false}}}",
                "{'timestamp':'2026-01-01T00:00:00Z','path':'/acme/actuator'}",
                "{'acme':{'1':{'role':'LEADER'}}}",
                "{'anything':['acme']}",
            })
    void namesAreTakenOutOfJson(String json) {
        assertThat(scrub(json).body()).isNotEmpty().doesNotContain(SECRET);
    }

    @Test
    void wordsAndNumbersAreKept() {
        assertThat(scrub("{'state':'COMPLETED','backupId':5,'brokerVersion':'8.6.0','docs.count':'17'}")
                        .body())
                .contains("\"COMPLETED\"", "5", "\"8.6.0\"", "\"17\"");
    }

    @Test
    void longListsAreCutShort() {
        assertThat(scrub("[" + "1,".repeat(99) + "1]").body()).contains("<80 more>");
    }

    @Test
    void whatIsNoJsonIsLeftOut() {
        AcceptanceAnswer answer = scrubber.scrub(new RawAnswer(200, "text/html", "<p>acme", Optional.empty()));

        assertThat(answer.toString())
                .contains("HTTP 200", "text/html", "7 characters")
                .doesNotContain(SECRET);
    }

    private AcceptanceAnswer scrub(String json) {
        try {
            String text = json.replace('\'', '"');
            return scrubber.scrub(
                    new RawAnswer(200, "application/json", text, Optional.of(new ObjectMapper().readTree(text))));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
