package io.github.camundabackup.test.acceptance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.Depth;
import io.github.camundabackup.consistency.Severity;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** What is asked only with an explicit yes: a backup is taken, looked at, protected from others, and deleted. */
final class ChangingQuestions {
    private static final Duration PATIENCE = Duration.ofHours(2);

    /** Those that refuse a backup while another one of theirs runs; Zeebe and Optimize take it. */
    private static final Set<Component> ONE_AT_A_TIME =
            Set.of(Component.OPERATE, Component.TASKLIST, Component.WEB_APPLICATIONS);

    private final Site site;
    private final OwnIds ids;
    private final List<Question> questions = new ArrayList<>();

    private ChangingQuestions(Site site, OwnIds ids) {
        this.site = site;
        this.ids = ids;
    }

    /**
     * All of them, in the order in which they are asked. The first ones are a condition of all others: see {@link
     * #isCondition}.
     */
    static List<Question> of(Site site, OwnIds ids) {
        ChangingQuestions all = new ChangingQuestions(site, ids);
        all.take();
        all.look();
        all.refuse();
        all.single();
        all.delete();
        return List.copyOf(all.questions);
    }

    /** Whether the others must not be asked if this is not answered as it should be. */
    static boolean isCondition(Question question) {
        return question.name().equals("ids-free") || question.name().equals("backup");
    }

    private void take() {
        questions.add(Question.exact(
                "ids-free",
                "the library: whether anything has one of the ids that the kit will use",
                to -> present("used", to)));
        questions.add(Question.changing("backup", "the library: a backup of the whole cluster", this::backup));
        questions.add(new Question(
                "check-positions",
                "the library: a check of it that reads the snapshots (restores indices under scratch names, and deletes them)",
                true,
                AnswerShape.Words.EQUAL,
                this::check,
                (to, real) -> check(to),
                json -> json,
                false));
    }

    private RawAnswer backup(Site to) {
        try {
            return described(to.client().backup(ids.backup()).completion().join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof BackupFailedException failed) {
                return described(failed.report());
            }
            throw e;
        }
    }

    private static RawAnswer described(BackupReport report) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("outcome", report.outcome().name())
                .put("pause", report.pause().state().name());
        report.failure().ifPresent(failure -> json.put("failure", failure));
        if (report.pause().state() == PauseReport.State.NOT_RESUMED) {
            json.put("message", report.pause().instruction());
        }
        ArrayNode steps = json.putArray("details");
        report.steps()
                .forEach(step -> steps.addObject()
                        .put("component", step.component().name())
                        .put("state", step.state().name()));
        return RawAnswer.of(json);
    }

    private RawAnswer check(Site to) {
        ConsistencyReport report =
                to.client().consistency().check(ids.backup(), Depth.POSITIONS).join();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("verdict", report.verdict().name());
        ArrayNode findings = json.putArray("details");
        report.findings().stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .forEach(finding ->
                        findings.addObject().put("code", finding.code().name()).put("message", finding.evidence()));
        return RawAnswer.of(json);
    }

    private void look() {
        for (LineComponent line : site.components()) {
            Component component = line.component();
            String path = line.path().orElseThrow();
            questions.add(Question.exact(
                    name(line, "get"),
                    ReadOnlyQuestions.request("GET", component, path + "/{backup}"),
                    to -> to.get(component, "/" + path + "/" + ids.backup())));
            questions.add(ReadOnlyQuestions.list(line, name(line, "list-with-backup")));
        }
        questions.add(engine("engine-snapshot", "GET", "", false));
        questions.add(engine("engine-snapshot-status", "GET", "/_status", false));
    }

    private static String name(LineComponent line, String what) {
        return ReadOnlyQuestions.name(line.component()) + "-" + what;
    }

    private Question engine(String name, String method, String suffix, boolean changes) {
        String snapshot = "/_snapshot/{repository}/" + SnapshotName.records(ids.backup()) + suffix;
        Question.Ask ask = to -> to.engine(method, snapshot, "");
        String request = method + " {search engine}/_snapshot/{repository}/{snapshot}" + suffix;
        return changes ? Question.changing(name, request, ask) : Question.exact(name, request, ask);
    }

    private void refuse() {
        for (LineComponent line : site.components()) {
            questions.add(take(line, "same-id", ids.backup(), "{backup}, which there is"));
            if (line.component().equals(Component.ZEEBE)) {
                questions.add(take(line, "lower-id", ids.low(), "{low}, which is lower"));
            }
        }
        questions.add(Question.changing(
                "engine-same-snapshot",
                "PUT {search engine}/_snapshot/{repository}/{snapshot} of a snapshot that there is",
                to -> to.engine(
                        "PUT",
                        "/_snapshot/{repository}/" + SnapshotName.records(ids.backup()) + "?wait_for_completion=false",
                        "{\"indices\":\"{records}\",\"include_global_state\":false}")));
        questions.add(ReadOnlyQuestions.check("check-same-id", "the checks for the same id again", ids.backup()));
        questions.add(ReadOnlyQuestions.check("check-lower-id", "the checks for a lower id", ids.low()));
    }

    private static Question take(LineComponent line, String what, BackupId id, String described) {
        String path = line.path().orElseThrow();
        return Question.changing(
                name(line, what),
                ReadOnlyQuestions.request("POST", line.component(), path) + " with the id " + described,
                to -> take(to, line, id));
    }

    private static RawAnswer take(Site to, LineComponent line, BackupId id) throws IOException {
        return to.send(line.component(), "POST", "/" + line.path().orElseThrow(), "{\"backupId\":" + id + "}");
    }

    /** Backups of single components, for what they answer to that. Exporting goes on meanwhile. */
    private void single() {
        for (LineComponent line : site.components()) {
            questions.add(take(line, "take", ids.alone(), "{alone}"));
            if (ONE_AT_A_TIME.contains(line.component())) {
                questions.add(Question.changing(
                        name(line, "while-one-runs"),
                        ReadOnlyQuestions.request(
                                        "POST", line.component(), line.path().orElseThrow())
                                + " with the id {second} while {alone} runs",
                        to -> whileOneRuns(to, line)));
            }
        }
        for (LineComponent line : site.components()) {
            String path = line.path().orElseThrow();
            questions.add(Question.exact(
                    name(line, "get-alone"),
                    ReadOnlyQuestions.request("GET", line.component(), path + "/{alone}") + " when it is complete",
                    to -> {
                        to.component(line.component())
                                .awaitCompletion(ids.alone(), PATIENCE, progress -> {})
                                .join();
                        return to.get(line.component(), "/" + path + "/" + ids.alone());
                    }));
        }
    }

    private RawAnswer whileOneRuns(Site to, LineComponent line) throws IOException {
        RawAnswer answer = take(to, line, ids.second());
        if (answer.isSuccess()) {
            boolean over = to.component(line.component()).get(ids.alone()).join().found().stream()
                    .anyMatch(backup -> backup.state() == BackupState.COMPLETED);
            if (over) {
                throw new NotAskedException(
                        "The first backup was over before the second one was asked for, so that this"
                                + " one was taken. Both are deleted.");
            }
        }
        return answer;
    }

    private void delete() {
        for (LineComponent line : site.components()) {
            String path = line.path().orElseThrow();
            questions.add(Question.changing(
                    name(line, "delete"),
                    ReadOnlyQuestions.request("DELETE", line.component(), path + "/{backup}"),
                    to -> to.send(line.component(), "DELETE", "/" + path + "/" + ids.backup(), "")));
        }
        for (LineComponent line : site.components()) {
            Question.Ask gone = to -> {
                Cleanup.awaitGone(to, to.component(line.component()), ids.backup());
                return to.get(line.component(), "/" + line.path().orElseThrow() + "/" + ids.backup());
            };
            questions.add(Question.exact(
                    name(line, "get-deleted"),
                    ReadOnlyQuestions.request(
                                    "GET", line.component(), line.path().orElseThrow() + "/{backup}")
                            + " when it is deleted",
                    gone));
        }
        questions.add(engine("engine-delete", "DELETE", "", true));
        questions.add(engine("engine-snapshot-deleted", "GET", "", false));
        questions.add(Question.changing(
                        "nothing-left",
                        "the library: deletes what else the kit made, and looks for what is left",
                        to -> {
                            Cleanup.of(to, ids);
                            return present("left", to);
                        })
                .askedAlways());
        questions.add(ReadOnlyQuestions.exporting("exporting-resumed").askedAlways());
    }

    private RawAnswer present(String field, Site to) {
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        Cleanup.present(to, ids).forEach(found::add);
        return RawAnswer.of(JsonNodeFactory.instance.objectNode().set(field, found));
    }
}
