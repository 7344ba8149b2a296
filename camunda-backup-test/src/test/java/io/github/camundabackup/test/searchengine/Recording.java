package io.github.camundabackup.test.searchengine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;

/** What a real engine has answered: files in the directory {@code recordings} of the module whose tests run. */
final class Recording {
    private static final String ANSWER_START = "\n--- response\n";
    private static final String BODY_END = "\n# time_total=";

    private Recording() {}

    static MockResponse response(String name) {
        String answer = answer(name);
        List<String> head = answer.substring(0, answer.indexOf("\n\n")).lines().toList();
        String status = head.get(0).substring("HTTP/1.1 ".length());
        MockResponse.Builder response =
                new MockResponse.Builder().status("HTTP/1.1 " + status).body(body(name));
        head.stream().skip(1).filter(Recording::isKept).forEach(response::addHeader);
        return response.build();
    }

    /** The body alone. */
    static String body(String name) {
        String answer = answer(name);
        String body = answer.substring(answer.indexOf("\n\n") + 2);
        int end = body.lastIndexOf(BODY_END);
        return end < 0 ? body.stripTrailing() : body.substring(0, end);
    }

    private static String answer(String name) {
        String text = read(name);
        return text.substring(text.indexOf(ANSWER_START) + ANSWER_START.length());
    }

    private static boolean isKept(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return Stream.of("content-length:", "transfer-encoding:").noneMatch(name::startsWith);
    }

    private static String read(String name) {
        try (InputStream in = Recording.class.getResourceAsStream("/recordings/" + name + ".http")) {
            if (in == null) {
                throw new IllegalArgumentException("There is no recording " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
