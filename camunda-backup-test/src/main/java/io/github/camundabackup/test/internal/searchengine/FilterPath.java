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
 * The parameter {@code filter_path}: only the named fields are answered, and what has nothing of them is left out; or
 * all but those that are named with a minus, and where that goes through an empty array, some engines leave out the
 * array too. Engines do not apply it to errors. Not simulated: both at once, and {@code **}.
 */
final class FilterPath {
    private FilterPath() {}

    static WebAnswer apply(WebRequest request, WebAnswer answer, boolean keepEmpty) {
        String wanted = request.query("filter_path", "");
        if (wanted.isEmpty() || answer.status() >= 300) {
            return answer;
        }
        boolean exclude = wanted.startsWith("-");
        List<List<String>> paths = Stream.of(wanted.split(",", -1))
                .map(path -> List.of((exclude ? path.substring(1) : path).split("\\.", -1)))
                .toList();
        return Json.object(answer.body())
                .map(body -> new WebAnswer(
                        answer.status(),
                        answer.contentType(),
                        answer.headers(),
                        Json.write(
                                exclude
                                        ? without(body, paths, keepEmpty)
                                        : object(body, paths).orElse(Map.of()))))
                .orElse(answer);
    }

    private static @Nullable Object without(@Nullable Object value, List<List<String>> paths, boolean keepEmpty) {
        if (value instanceof List<?> array) {
            List<@Nullable Object> kept = new ArrayList<>();
            array.forEach(element -> kept.add(without(element, paths, keepEmpty)));
            return kept;
        }
        if (!(value instanceof Map<?, ?> object)) {
            return value;
        }
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        object.forEach((key, field) -> {
            String name = String.valueOf(key);
            List<List<String>> within = below(name, paths);
            boolean empty = field instanceof List<?> array && array.isEmpty() && !within.isEmpty();
            if (!paths.contains(List.of(name)) && (keepEmpty || !empty)) {
                kept.put(name, without(field, within, keepEmpty));
            }
        });
        return kept;
    }

    private static List<List<String>> below(String name, List<List<String>> paths) {
        return paths.stream()
                .filter(path -> path.size() > 1 && path.get(0).equals(name))
                .map(path -> path.subList(1, path.size()))
                .toList();
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
