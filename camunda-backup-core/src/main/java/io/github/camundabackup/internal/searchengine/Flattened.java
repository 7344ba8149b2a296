package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.internal.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;

/** Settings that an engine has sent as objects in objects, by their whole names. */
final class Flattened {
    private Flattened() {}

    /**
     * @param name of the object, before the names in it; may be empty
     */
    static Map<String, String> of(String name, JsonValue object) {
        Map<String, String> flat = new TreeMap<>();
        collect(name, object, flat);
        return flat;
    }

    private static void collect(String name, JsonValue value, Map<String, String> flat) {
        if (value.isObject()) {
            value.fields().forEach((part, inner) -> collect(name.isEmpty() ? part : name + "." + part, inner, flat));
        } else {
            value.text().ifPresent(text -> flat.put(name, text));
        }
    }
}
