package io.github.camundabackup.component;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.StubServer.html;
import static io.github.camundabackup.support.StubServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.error.ConfigurationMismatchException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.support.AbstractComponentTest;
import io.github.camundabackup.support.RawServer;
import io.github.camundabackup.support.Recorded;
import io.github.camundabackup.support.StubServer;
import java.net.URI;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every configuration that does not fit gets an error that says what was found and what to configure. */
class MismatchTest extends AbstractComponentTest {
    private static final String[] ORCHESTRATION = {"backupHistory", "backupRuntime", "exporting", "partitions"};

    @AutoClose
    final StubServer application = StubServer.start();

    @Test
    void operateOnAClusterFrom88() {
        Indexes.on(server, ORCHESTRATION);
        Indexes.on(application, "backups");

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(server.uri()).operate(application.uri())))
                .contains("Operate is configured with an endpoint of its own (" + application.uri() + ")")
                .contains("the cluster is of Camunda 8.8 or later")
                .contains("Configure orchestrationCluster, and neither operate nor tasklist");
    }

    @Test
    void zeebeAloneWhereTheWebApplicationsWouldBeMissing() {
        Indexes.on(server, ORCHESTRATION);

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(server.uri())))
                .contains("serves the web applications too")
                .contains("Configure orchestrationCluster instead of zeebe");
    }

    @Test
    void operateAtTheOrchestrationClusterItself() {
        Indexes.on(server, ORCHESTRATION);

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(server.uri()).operate(server.uri())))
                .contains("Configure orchestrationCluster, and neither operate nor tasklist");
    }

    @Test
    void anOrchestrationClusterWhereTheClusterIsUpTo87() {
        server.on("GET /actuator", 200, Recorded.ZEEBE_INDEX);

        assertThat(onlyProblem(ClusterEndpoints.builder().orchestrationCluster(server.uri())))
                .contains("web applications is configured with an endpoint of its own (" + server.uri() + ")")
                .contains("the cluster is of Camunda 8.5 to 8.7, where there is no orchestration cluster")
                .contains("Configure zeebe, operate and tasklist");
    }

    @Test
    void webApplicationsThatAreNotThere() {
        Indexes.on(server, "backupRuntime", "exporting", "partitions");

        assertThat(onlyProblem(ClusterEndpoints.builder().orchestrationCluster(server.uri())))
                .contains("but not \"backupHistory\"")
                .contains("relational database")
                .contains("configure webApplications with their management port");
    }

    @Test
    void operateInOneProcessWithZeebe() {
        server.on("GET /actuator", 200, Recorded.ZEEBE_INDEX);

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(server.uri()).operate(server.uri())))
                .contains("Operate at " + server.uri() + " serves")
                .contains("which is Zeebe")
                .contains("run Operate as a process of its own, and configure its management port");
    }

    @Test
    void tasklistThatDoesNotExposeItsBackups() {
        server.on("GET /actuator", 200, Recorded.ZEEBE_INDEX);
        Indexes.on(application, "health", "info");

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(server.uri()).tasklist(application.uri())))
                .contains("Tasklist at " + application.uri() + " serves the actuator endpoints [health, info]")
                .contains("but not \"backups\"")
                .contains("management.endpoints.web.exposure.include");
    }

    @Test
    void zeebeThatIsSomethingElse() {
        Indexes.on(server, "backups", "health");

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(server.uri())))
                .contains("Zeebe at " + server.uri() + " serves the actuator endpoints [backups, health]")
                .contains("but not \"exporting\"")
                .contains("gateway");
    }

    @Test
    void zeebeThatDoesNotExposeItsBackups() {
        Indexes.on(server, "exporting", "health");

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(server.uri())))
                .contains("neither \"backups\" (Camunda 8.5 to 8.7) nor \"backupRuntime\" (Camunda 8.8 and later)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backupHistory", "partitions"})
    void optimizeThatIsSomethingElse(String found) {
        Indexes.on(server, ORCHESTRATION);
        Indexes.on(application, found);

        assertThat(onlyProblem(ClusterEndpoints.builder()
                        .orchestrationCluster(server.uri())
                        .optimize(application.uri())))
                .contains("Optimize at " + application.uri() + " serves the actuator endpoints [" + found + "]")
                .contains("Configure Optimize's management port, by default 8092, without a context path");
    }

    @Test
    void optimizeThatIsZeebe() {
        server.on("GET /actuator", 200, Recorded.ZEEBE_INDEX);

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(server.uri()).optimize(server.uri())))
                .contains("which is Zeebe, and not Optimize")
                .contains("by default 8092");
    }

    @Test
    void aStatedLineThatTheClusterIsNotOf() {
        server.on("GET /actuator", 200, Recorded.ZEEBE_INDEX);

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(server.uri()).line(CamundaLine.V8_8)))
                .contains("configured as that of Camunda 8.8,")
                .contains("the cluster speaks as Camunda 8.5 to 8.7")
                .contains("Leave the line out");
    }

    @Test
    void aWrongContextPath() {
        Indexes.on(server, ORCHESTRATION);
        URI wrong = URI.create(server.uri() + "/wrong");

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(wrong)))
                .contains("Zeebe at " + wrong + " has none of Camunda's endpoints below /actuator")
                .contains("Check the context path (such as http://host:9600/orchestration)");
    }

    @Test
    void optimizeWithTheContextPathOfItsHelmChart() {
        server.on("GET /actuator", 200, Recorded.ZEEBE_INDEX);

        assertThat(onlyProblem(ClusterEndpoints.builder()
                        .zeebe(server.uri())
                        .optimize(URI.create(application.uri() + "/optimize"))))
                .contains("Optimize at " + application.uri() + "/optimize has none of Camunda's endpoints")
                .contains("8092 for Optimize, to which its context path does not apply");
    }

    @Test
    void aLoginPage() {
        server.on("GET /actuator", html(200, "Camunda Login"));

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(server.uri())))
                .startsWith("Could not find out what is served there: Zeebe (GET " + server.uri() + "/actuator)")
                .contains("a web page titled \"Camunda Login\" instead of JSON")
                .contains("Check the port and the context path, and whether authentication is needed");
    }

    @Test
    void aRedirectToALoginPage() {
        server.on(
                "GET /actuator",
                new MockResponse.Builder()
                        .code(302)
                        .addHeader("Location", "https://login.example.com/auth?state=s3cr3t")
                        .build());

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(server.uri())))
                .contains("redirect to https://login.example.com/auth ")
                .contains("configure authentication")
                .doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void aPhysicalTenantThatIsNotThere(int refusal) {
        Indexes.on(server, "backupHistory", "backupRuntime", "exporting", "cluster");
        server.on(
                "GET /actuator/cluster?physicalTenant=eu",
                refusal,
                "{\"message\":\"Unknown. Known: [default, asia]\"}");

        assertThat(onlyProblem(tenant("eu")))
                .contains("has no physical tenant eu")
                .contains("camunda.physical-tenants")
                .contains("[default, asia]");
    }

    @Test
    void aPhysicalTenantOfAClusterThatPassesOverTheParameter() {
        Indexes.on(server, "backupHistory", "backupRuntime", "exporting", "cluster");
        server.on("GET /actuator/cluster?physicalTenant=eu", 200, "{}")
                .on("GET /actuator/cluster?physicalTenant=no-such-tenant", 200, "{}");

        assertThat(onlyProblem(tenant("eu"))).contains("knows no physical tenants, and so has no eu");
    }

    @Test
    void aPhysicalTenantThatCannotBeAskedFor() {
        Indexes.on(server, "backupHistory", "backupRuntime", "exporting");

        assertThat(onlyProblem(tenant("eu")))
                .contains("does not serve /actuator/cluster")
                .contains("Expose it");
    }

    private ClusterEndpoints.Builder tenant(String id) {
        return ClusterEndpoints.builder().orchestrationCluster(server.uri()).physicalTenant(id);
    }

    @Test
    void credentialsThatAreMissing() {
        server.on("GET /actuator", status(401));

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(server.uri())))
                .contains("refused with status 401. The server wants credentials");
    }

    @Test
    void credentialsThatAreMissingWhereTheIndexIsSwitchedOff() {
        server.on("GET /actuator/backups", status(401))
                .on("GET /actuator/backupHistory", status(401))
                .on("GET /actuator/backupRuntime", status(401))
                .on("GET /actuator/partitions", status(401));

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(server.uri())))
                .contains("The server wants credentials");
    }

    @Test
    void aPortThatSpeaksSomethingElse() {
        try (RawServer other = RawServer.thatSays("SSH-2.0-OpenSSH_9.6\r\n")) {
            assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(other.uri("http"))))
                    .contains("answered with something that is no HTTP")
                    .contains("Check the port");
        }
    }

    @Test
    void aSearchEngine() {
        // As Elasticsearch and OpenSearch answer a path that they do not know.
        server.on("GET /actuator", 400, "{\"error\":\"no handler found for uri [/actuator] and method [GET]\"}");

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(server.uri())))
                .contains("no handler found for uri [/actuator]")
                .contains("management port");
    }

    @Test
    void aServerThatRefusesEverythingInOtherWords() {
        for (String name : List.of("backups", "backupHistory", "backupRuntime", "partitions")) {
            server.on(
                    "GET /actuator/" + name, 400, "{\"error\":\"no handler found for uri [/actuator/" + name + "]\"}");
        }

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(server.uri())))
                .contains("has none of Camunda's endpoints");
    }

    @Test
    void jsonThatIsNoIndex() {
        server.on("GET /actuator", 200, "{\"status\":\"UP\"}");

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(server.uri())))
                .contains("it is no index of actuator endpoints")
                .contains("management port");
    }

    @Test
    void aPortAtWhichNobodyListens() {
        server.close();

        assertThat(onlyProblem(ClusterEndpoints.builder().zeebe(server.uri()))).contains("could not be connected to");
    }

    @Test
    void severalAtOnce() {
        server.on("GET /actuator", 200, Recorded.ZEEBE_INDEX);
        Indexes.on(application, "health");

        List<String> problems = problems(ClusterEndpoints.builder()
                .zeebe(server.uri())
                .operate(application.uri())
                .tasklist(URI.create(application.uri() + "/wrong"))
                .optimize(server.uri()));

        assertThat(problems).hasSize(3);
        assertThat(problems).anySatisfy(problem -> assertThat(problem).contains("Operate at"));
        assertThat(problems).anySatisfy(problem -> assertThat(problem).contains("Tasklist at"));
        assertThat(problems).anySatisfy(problem -> assertThat(problem).contains("Optimize at"));
    }

    private String onlyProblem(ClusterEndpoints.Builder endpoints) {
        List<String> problems = problems(endpoints);
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    private List<String> problems(ClusterEndpoints.Builder endpoints) {
        return failureOf(CamundaCluster.discover(endpoints.build(), resources), ConfigurationMismatchException.class)
                .problems();
    }
}
