package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.json.JsonValue;

/** Reads whether an engine has accepted to make or restore a snapshot. */
final class Acceptance {
    private Acceptance() {}

    static HttpAnswer require(HttpAnswer answer) {
        JsonValue json = answer.json();
        // What has nothing to do is over at once, and described instead of accepted.
        if (!json.isTrue("accepted") && !json.at("snapshot").isObject()) {
            throw answer.unexpected("it does not say that the request was accepted");
        }
        return answer;
    }
}
