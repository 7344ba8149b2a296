package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.DirectoryJournal;
import io.github.camundabackup.journal.JournalEntry;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.ForwardingSnapshotStore;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineKind;
import io.github.camundabackup.test.engine.EngineProcess;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.engine.SharedEngine;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each kind of index template that others may have made for all indices: the journal of a real search engine is not
 * reached by it, or no backup begins and the message says the way out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedEngine.class)
class RealEngineTemplatesIT extends AbstractEngineTest {
    private static final RequestMatcher PAUSE = RequestMatcher.post("/actuator/exporting/pause");
    private static final Pattern VERSION = Pattern.compile("\"version\"\\s*:\\s*\"(\\d+)\\.(\\d+)");
    private static final Pattern SETTING = Pattern.compile("\"(index\\.[a-z_.]+)\":(?:\"(\\w+)\")?");
    private static final String INDEX = "hot-backup-journal";

    private EngineProcess process;
    private ClientResources resources;

    @BeforeAll
    void use(EngineProcess engine) {
        process = engine;
    }

    @BeforeEach
    void begin() {
        resources = ClientResources.create();
        process.call("DELETE", "/" + INDEX + "?ignore_unavailable=true", "");
    }

    @AfterEach
    void end() {
        process.send("DELETE", "/_index_template/everything", "");
        process.empty();
        resources.close();
    }

    /** What a template may say of the index, and which engines let nobody override it. */
    enum Template {
        DEFAULT_PIPELINE("\"settings\":{\"index.default_pipeline\":\"there-is-none\"}"),
        FINAL_PIPELINE("\"settings\":{\"index.final_pipeline\":\"there-is-none\"}"),
        REQUIRED_ROUTING("\"mappings\":{\"_routing\":{\"required\":true}}"),
        ROUTING_TO_SOME_SHARDS("\"settings\":{\"index.number_of_shards\":4,\"index.routing_partition_size\":3},"
                + "\"mappings\":{\"_routing\":{\"required\":true}}"),
        MANY_SHARDS_AND_COPIES("\"settings\":{\"index.number_of_shards\":5,\"index.number_of_routing_shards\":30,"
                + "\"index.auto_expand_replicas\":false,\"index.number_of_replicas\":2}"),
        STRICT_MAPPINGS("\"mappings\":{\"dynamic\":\"strict\"}"),
        OTHER_FIELDS(
                "\"mappings\":{\"enabled\":true,\"dynamic\":\"strict\",\"properties\":{\"text\":{\"type\":\"integer\"}}}"),
        DYNAMIC_MAPPINGS(
                "\"mappings\":{\"dynamic_templates\":[{\"all\":{\"match\":\"*\",\"mapping\":{\"type\":\"integer\"}}}]}"),
        NO_SOURCE("\"mappings\":{\"_source\":{\"enabled\":false}}"),
        SOURCE_IN_PARTS("\"mappings\":{\"_source\":{\"includes\":[\"other\"]}}"),
        SOURCE_WITHOUT_TEXT("\"mappings\":{\"_source\":{\"excludes\":[\"text\"]}}", Where.ELASTICSEARCH),
        FEW_FIELDS("\"settings\":{\"index.mapping.total_fields.limit\":1}"),
        SORTED(
                "\"settings\":{\"index.sort.field\":\"at\"},\"mappings\":{\"properties\":{\"at\":{\"type\":\"keyword\"}}}"),
        READ_ONLY("\"settings\":{\"index.blocks.read_only\":true}"),
        READ_ONLY_AS_ON_A_FULL_DISK("\"settings\":{\"index.blocks.read_only_allow_delete\":true}"),
        WRITES_BLOCKED("\"settings\":{\"index.blocks.write\":true}"),
        READS_BLOCKED("\"settings\":{\"index.blocks.read\":true}"),
        METADATA_BLOCKED("\"settings\":{\"index.blocks.metadata\":true}"),
        ALLOCATION_OFF("\"settings\":{\"index.routing.allocation.enable\":\"none\"}"),
        FOR_NODES_THAT_ARE_NOT_THERE("\"settings\":{\"index.routing.allocation.require.box\":\"hot\"}", Where.BOTH),
        AN_ALIAS("\"aliases\":{\"camunda-all\":{\"is_write_index\":true}}"),
        AN_ALIAS_OF_THE_SAME_NAME("\"aliases\":{\"" + INDEX + "\":{}}", Where.BOTH),
        LOGS("\"settings\":{\"index.mode\":\"logsdb\"}", Where.NOWHERE, Where.ELASTICSEARCH),
        TIME_SERIES(
                "\"settings\":{\"index.mode\":\"time_series\",\"index.routing_path\":\"host\"},\"mappings\":{\"properties\":"
                        + "{\"host\":{\"type\":\"keyword\",\"time_series_dimension\":true}}}",
                Where.ELASTICSEARCH,
                Where.ELASTICSEARCH),
        ONLY_NEW_DOCUMENTS("\"settings\":{\"index.append_only.enabled\":true}", Where.OPENSEARCH, Where.OPENSEARCH);

        private final String content;
        private final Where stronger;
        private final Where knownTo;

        Template(String content) {
            this(content, Where.NOWHERE);
        }

        Template(String content, Where stronger) {
            this(content, stronger, Where.BOTH);
        }

        Template(String content, Where stronger, Where knownTo) {
            this.content = content;
            this.stronger = stronger;
            this.knownTo = knownTo;
        }
    }

    private enum Where {
        NOWHERE,
        ELASTICSEARCH,
        OPENSEARCH,
        BOTH;

        boolean is(EngineKind kind) {
            return this == BOTH || name().equals(kind.name());
        }
    }

    @Tag(EngineUnderTest.EVERY_VERSION)
    @ParameterizedTest
    @EnumSource
    void noTemplateReachesTheJournalOrItSaysSo(Template template) {
        HttpResponse<String> made = make("\"template\":{" + template.content + "}");
        if (made.statusCode() == 400 && !mustBeKnown(template)) {
            String answer = made.body().toLowerCase(Locale.ROOT);
            assertThat(settings(template)).as(answer).anyMatch(answer::contains);
            return;
        }
        assertMade(made);
        Endpoint endpoint = Endpoint.builder(process.uri())
                .requestTimeout(Duration.ofSeconds(template == Template.FOR_NODES_THAT_ARE_NOT_THERE ? 1 : 30))
                .build();
        try (SnapshotStore store = stores().create(endpoint, "templates", resources)) {
            BackupJournal journal = store.journal().orElseThrow();
            ThrowingCallable use = () -> {
                JournalEntry first =
                        journal.write("first", Optional.empty()).join().orElseThrow();
                JournalEntry second =
                        journal.write("second", Optional.of(first)).join().orElseThrow();
                assertThat(journal.read().join()).contains(second);
            };

            if (template.stronger.is(kind())) {
                assertThatThrownBy(use)
                        .hasMessageContaining(
                                template == Template.FOR_NODES_THAT_ARE_NOT_THERE ? INDEX : "with a higher priority");
            } else {
                assertThat(use).satisfies(ThrowingCallable::call);
            }
        }
    }

    /** Not by the other engine, and perhaps not by a version of this one that is older than the one that the build has. */
    private boolean mustBeKnown(Template template) {
        Matcher version = VERSION.matcher(process.call("GET", "/_nodes?filter_path=nodes.*.version", ""));
        assertThat(version.find()).isTrue();
        int number = 100 * Integer.parseInt(version.group(1)) + Integer.parseInt(version.group(2));
        return template.knownTo == Where.BOTH
                || (template.knownTo.is(kind()) && number >= (kind() == EngineKind.ELASTICSEARCH ? 819 : 219));
    }

    /** The names and the values that an engine may not know. */
    private static List<String> settings(Template template) {
        return SETTING.matcher(template.content)
                .results()
                .flatMap(found -> Stream.of(found.group(1), found.group(2)))
                .filter(Objects::nonNull)
                .toList();
    }

    private static void assertMade(HttpResponse<String> made) {
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    }

    private HttpResponse<String> make(String content) {
        return process.send(
                "PUT",
                "/_index_template/everything",
                "{\"index_patterns\":[\"hot-*\"],\"priority\":1000," + content + "}");
    }

    @Test
    void withTemplatesOfOthersBackupsHaveALock() {
        assertMade(
                make(
                        "\"template\":{\"settings\":{\"index.default_pipeline\":\"there-is-none\",\"index.blocks.write\":true},"
                                + "\"mappings\":{\"_source\":{\"enabled\":false},\"_routing\":{\"required\":true},\"dynamic\":\"strict\"}}"));
        try (SimulatedCluster cluster = cluster("templates");
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {
            BackupReport first = client.backup().completion().join();

            assertThat(first.warnings()).isEmpty();
            assertThat(client.backup(BackupId.of(first.backupId().value() + 1000))
                            .completion()
                            .join()
                            .warnings())
                    .isEmpty();
            assertThat(client.consistency().check(first.backupId()).join().isConsistent())
                    .isTrue();
        }
    }

    @Test
    void whereATemplateIsStrongerNoBackupBeginsUnlessTheCallerDoesWithoutThisJournal(@TempDir Path directory) {
        assertMade(make("\"data_stream\":{}"));
        try (SimulatedCluster cluster = cluster("streams");
                CamundaBackupClient client =
                        Scene.client(cluster, stores(), resources).build()) {
            BackupFailedException refused = Scene.failure(client.backup());

            assertThat(refused.report().outcome()).isEqualTo(BackupReport.Outcome.REFUSED);
            assertThat(refused)
                    .hasMessageContaining("[everything]")
                    .hasMessageContaining("higher priority")
                    .hasMessageContaining("DirectoryJournal");
            assertThat(cluster.requests(PAUSE)).isEmpty();

            try (SnapshotStore store = new WithoutJournal(
                            stores().create(Endpoint.of(process.uri()), cluster.repository(), resources));
                    CamundaBackupClient unlocked = Scene.client(cluster, stores(), resources)
                            .snapshotStore(store)
                            .build();
                    CamundaBackupClient locked = Scene.client(cluster, stores(), resources)
                            .snapshotStore(store)
                            .journal(DirectoryJournal.in(directory))
                            .build()) {
                assertThat(warnings(unlocked, 4_000_000_000L))
                        .singleElement()
                        .asString()
                        .startsWith("There is no journal");
                assertThat(warnings(locked, 4_000_000_001L)).isEmpty();
            }
        }
    }

    private static List<String> warnings(CamundaBackupClient client, long id) {
        return client.backup(BackupId.of(id)).completion().join().warnings();
    }

    private SimulatedCluster cluster(String repository) {
        process.registerRepository(repository, "");
        return Scene.cluster(process, engine(), CamundaLine.V8_8, repository).build();
    }

    /** A store of somebody who does without the journal in the engine. */
    private static final class WithoutJournal extends ForwardingSnapshotStore {
        WithoutJournal(SnapshotStore store) {
            super(store);
        }

        @Override
        public Optional<BackupJournal> journal() {
            return Optional.empty();
        }
    }
}
