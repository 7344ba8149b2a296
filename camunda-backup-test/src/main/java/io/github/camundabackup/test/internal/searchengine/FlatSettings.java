package io.github.camundabackup.test.internal.searchengine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Settings by their whole names, as engines keep them, and as the objects in objects that they are sent in. */
final class FlatSettings {
    private FlatSettings() {}

    /** An object with texts, numbers, nulls and objects, whose names may be whole or parts. */
    static Map<String, @Nullable String> flatten(@Nullable Object given) {
        Map<String, @Nullable String> flat = new LinkedHashMap<>();
        if (given instanceof Map<?, ?> object) {
            flatten("", object, flat);
        }
        return flat;
    }

    private static void flatten(String before, Map<?, ?> object, Map<String, @Nullable String> flat) {
        object.forEach((name, value) -> {
            String whole = before + name;
            if (value instanceof Map<?, ?> inner) {
                flatten(whole + ".", inner, flat);
            } else {
                flat.put(whole, value == null ? null : value.toString());
            }
        });
    }

    /** Index settings may be sent without {@code index.} in front. */
    static Map<String, @Nullable String> ofIndex(@Nullable Object given) {
        Map<String, @Nullable String> whole = new LinkedHashMap<>();
        flatten(given).forEach((name, value) -> whole.put(name.startsWith("index.") ? name : "index." + name, value));
        return whole;
    }

    static void change(Map<String, String> settings, Map<String, @Nullable String> changes) {
        changes.forEach((name, value) -> {
            if (value == null) {
                settings.remove(name);
            } else {
                settings.put(name, value);
            }
        });
    }

    /** What has a value and parts, both, keeps the rest of the part's name as one: {@code flood_stage.frozen}. */
    static Map<String, @Nullable Object> nest(Map<String, String> settings) {
        Map<String, @Nullable Object> nested = new LinkedHashMap<>();
        new TreeMap<>(settings).forEach((name, value) -> put(nested, name, value));
        return nested;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, @Nullable Object> object, String name, String value) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            object.put(name, value);
            return;
        }
        Object inner = object.computeIfAbsent(name.substring(0, dot), part -> new LinkedHashMap<String, Object>());
        if (inner instanceof Map<?, ?>) {
            put((Map<String, @Nullable Object>) inner, name.substring(dot + 1), value);
        } else {
            object.put(name, value);
        }
    }
}
