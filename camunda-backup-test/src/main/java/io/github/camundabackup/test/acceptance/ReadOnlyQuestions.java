package io.github.camundabackup.test.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camundabackup.backup.PreflightFailedException;
import io.github.camundabackup.error.ConfigurationMismatchException;
import io.github.camundabackup.exporting.ExportingStatus;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;

/** What can be asked without changing anything. */
final class ReadOnlyQuestions {
    private static final String NO_BROKERS =
            "A gateway of its own does not tell this. Name all brokers, with CAMUNDA_BACKUP_BROKER_URLS or as brokers.";

    /** As the library asks: there may be very many. */
    private static final String WITHOUT_INDICES =
            "?filter_path=-snapshots.indices,-snapshots.data_streams,-snapshots.feature_states";

    private static final String NO_ROOT =
            "The engine does not answer there, as it lacks the module for it. The library asks /_nodes/_local instead.";

    private final Site site;
    private final OwnIds ids;
    private final List<Question> questions = new ArrayList<>();

    private ReadOnlyQuestions(Site site, OwnIds ids) {
        this.site = site;
        this.ids = ids;
    }

    /** All of them, in the order in which they are asked. */
    static List<Question> of(Site site, OwnIds ids) {
        ReadOnlyQuestions all = new ReadOnlyQuestions(site, ids);
        site.components().forEach(all::component);
        all.zeebe();
        all.engine();
        all.questions.add(check("check-before", "the checks with which a backup begins", ids.backup()));
        return List.copyOf(all.questions);
    }

    /** How a component is called in the names of questions, and as a placeholder. */
    static String name(Component component) {
        return component.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A GET, and what it is as text. */
    static String request(String method, Component component, String target) {
        return method + " {" + name(component) + "}/actuator/" + target;
    }

    private void component(LineComponent line) {
        Component component = line.component();
        String path = line.path().orElseThrow();
        questions.add(Question.reading(
                        name(component) + "-index",
                        "GET {" + name(component) + "}/actuator",
                        to -> to.get(component, ""))
                .viewed(index -> usedLinks(index, component, path)));
        questions.add(list(line, name(component) + "-list"));
        questions.add(unknown(line, name(component) + "-unknown", ids.backup()));
    }

    /** The list of backups; asked as the library does. */
    static Question list(LineComponent line, String name) {
        String path = "/" + line.path().orElseThrow();
        return Question.reading(
                name, request("GET", line.component(), line.path().orElseThrow()), to -> {
                    RawAnswer answer = to.get(line.component(), path);
                    return answer.status() == 400 && line.listNeedsVerbose()
                            ? to.get(line.component(), path + "?verbose=true")
                            : answer;
                });
    }

    /** An id that the component has not. */
    static Question unknown(LineComponent line, String name, BackupId id) {
        String path = line.path().orElseThrow();
        return Question.exact(
                name,
                request("GET", line.component(), path + "/{id}") + " of a backup that is not there",
                to -> to.get(line.component(), "/" + path + "/" + id));
    }

    /** Servers have more endpoints than the library needs, and may have more than the simulation. */
    private static JsonNode usedLinks(JsonNode index, Component component, String path) {
        List<String> used = component.equals(Component.ZEEBE) ? List.of(path, "exporting", "cluster") : List.of(path);
        JsonNode links = index.path("_links");
        if (!links.isObject()) {
            return index;
        }
        ObjectNode reduced = JsonNodeFactory.instance.objectNode();
        used.stream().filter(links::has).forEach(name -> reduced.set(name, links.get(name)));
        return JsonNodeFactory.instance.objectNode().set("_links", reduced);
    }

    private void zeebe() {
        for (int i = 0; i < site.brokers().size(); i++) {
            int broker = i;
            questions.add(Question.reading(
                            "broker-" + (i + 1) + "-partitions",
                            "GET {broker " + (i + 1) + "}/actuator/partitions",
                            to -> {
                                RawAnswer answer = to.partitions(to.brokers().get(broker));
                                if (answer.status() == 404 && !to.hasBrokers()) {
                                    throw new NotAskedException(NO_BROKERS);
                                }
                                return answer;
                            })
                    .reference((to, real) -> to.partitions(to.brokers().get(0))));
        }
        questions.add(Question.reading(
                "zeebe-cluster",
                request("GET", Component.ZEEBE, "cluster"),
                to -> to.get(Component.ZEEBE, "/cluster")));
        questions.add(exporting("exporting"));
    }

    /** Whether all partitions export. */
    static Question exporting(String name) {
        return Question.exact(name, "the library: what all brokers say of exporting", to -> {
            ExportingStatus.Summary summary =
                    to.cluster().exporting().status().join().summary();
            if (summary == ExportingStatus.Summary.UNKNOWN && !to.hasBrokers()) {
                throw new NotAskedException(NO_BROKERS);
            }
            return outcome(summary.name());
        });
    }

    /** An answer of the library in one word. */
    static RawAnswer outcome(String word) {
        return RawAnswer.of(JsonNodeFactory.instance.objectNode().put("outcome", word));
    }

    /** The library's own checks. */
    static Question check(String name, String what, BackupId id) {
        return Question.exact(name, "the library: " + what, to -> {
            try {
                to.client().preflight(id).join();
                return outcome("NO_OBJECTION");
            } catch (CompletionException e) {
                ObjectNode refused = JsonNodeFactory.instance.objectNode().put("outcome", "REFUSED");
                if (e.getCause() instanceof PreflightFailedException failed) {
                    failed.problems().forEach(refused.withArray("problems")::add);
                } else if (e.getCause() instanceof ConfigurationMismatchException mismatch) {
                    refused.withArray("problems").add(mismatch.getMessage());
                } else {
                    throw e;
                }
                return RawAnswer.of(refused);
            }
        });
    }

    private void engine() {
        String snapshots = "/_snapshot/{repository}/";
        questions.add(Question.reading("engine-root", "GET {search engine}/", to -> {
            RawAnswer answer = to.engine("GET", "/", "");
            if (answer.status() == 404 || answer.status() == 405) {
                throw new NotAskedException(NO_ROOT);
            }
            return answer;
        }));
        questions.add(engine("engine-repository", "/_snapshot/{repository}"));
        questions.add(Question.exact(
                "engine-verify",
                "POST {search engine}/_snapshot/{repository}/_verify (each node writes a small file, and deletes it)",
                to -> to.engine("POST", snapshots + "_verify", "")));
        questions.add(engine("engine-snapshots", snapshots + "camunda_*" + WITHOUT_INDICES)
                .reference(ReadOnlyQuestions::snapshots));
        questions.add(Question.exact(
                "engine-snapshot-unknown",
                "GET {search engine}/_snapshot/{repository}/{snapshot} of a snapshot that is not there",
                to -> to.engine("GET", snapshots + "camunda_zeebe_records_backup_" + ids.backup(), "")));
        questions.add(
                engine(
                        "engine-indices",
                        "/_cat/indices/{records}?format=json&h=index,status,docs.count,rep,pri,store.size,creation.date&bytes=b&expand_wildcards=open,closed"));
    }

    /** A list in which nothing is has an answer of its own. */
    private static RawAnswer snapshots(Site reference, RawAnswer real) throws IOException {
        boolean none = !real.isSuccess()
                || real.json().filter(json -> json.path("snapshots").isEmpty()).isPresent();
        return reference.engine(
                "GET", "/_snapshot/{repository}/" + (none ? "camunda_none*" : "camunda_*") + WITHOUT_INDICES, "");
    }

    private static Question engine(String name, String target) {
        return Question.reading(name, "GET {search engine}" + target, to -> to.engine("GET", target, ""));
    }
}
