package io.github.camundabackup.internal.searchengine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** Lists of names that fit into a path. */
final class Batches {
    // Engines take request lines of up to 4 kB (http.max_initial_line_length), and the base path and the query need
    // some of it.
    private static final int MAX_ENCODED = 2500;

    private Batches() {}

    /** Joins names with commas, each only once; none for no names. */
    static List<String> of(Collection<String> names) {
        List<String> batches = new ArrayList<>();
        StringBuilder batch = new StringBuilder();
        int length = 0;
        for (String name : new LinkedHashSet<>(names)) {
            int more = encodedLength("," + name);
            if (!batch.isEmpty() && length + more > MAX_ENCODED) {
                batches.add(batch.toString());
                batch.setLength(0);
                length = 0;
            }
            batch.append(batch.isEmpty() ? "" : ",").append(name);
            length += more;
        }
        if (!batch.isEmpty()) {
            batches.add(batch.toString());
        }
        return batches;
    }

    private static int encodedLength(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .length();
    }
}
