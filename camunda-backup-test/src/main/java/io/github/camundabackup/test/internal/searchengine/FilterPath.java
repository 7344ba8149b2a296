package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameter {@code filter_path}: only the named fields are answered, and what has nothing of them is left out. Engines do not apply it
 * to errors. Not simulated: exclusions, with a minus, and {@code **}.
 */
final class FilterPath {
    private FilterPath() {}

    static WebAnswer apply(WebRequest request, WebAnswer answer) {
        String wanted = request.query("filter_path", "");
        if (wanted.isEmpty() || wanted.startsWith("-") || answer.status() >= 300) {
            return answer;
        }
        List<List<String>> paths = Stream.of(wanted.split(",", -1))
                .map(path -> List.of(path.split("\\.", -1)))
                .toList();
        return Json.object(answer.body())
                .map(body -> new WebAnswer(
                        answer.status(),
                        answer.contentType(),
                        answer.headers(),
                        Json.write(object(body, paths).orElse(Map.of()))))
                .orElse(answer);
    }

    private static Optional<Object> select(@Nullable Object value, List<List<String>> paths) {
        if (value instanceof Map<?, ?> object) {
            return object(object, paths);
        }
        if (value instanceof List<?> array) {
            List<Object> selected = new ArrayList<>();
            array.forEach(element -> select(element, paths).ifPresent(selected::add));
            return selected.isEmpty() ? Optional.empty() : Optional.of(selected);
        }
        return Optional.empty();
    }

    private static Optional<Object> object(Map<?, ?> object, List<List<String>> paths) {
        Map<String, @Nullable Object> selected = new LinkedHashMap<>();
        object.forEach((key, value) -> {
            String name = String.valueOf(key);
            List<List<String>> matching = paths.stream()
                    .filter(path -> path.get(0).equals("*") || path.get(0).equals(name))
                    .toList();
            if (matching.stream().anyMatch(path -> path.size() == 1)) {
                selected.put(name, value);
            } else {
                select(
                                value,
                                matching.stream()
                                        .map(path -> path.subList(1, path.size()))
                                        .toList())
                        .ifPresent(kept -> selected.put(name, kept));
            }
        });
        return selected.isEmpty() ? Optional.empty() : Optional.of(selected);
    }
}
