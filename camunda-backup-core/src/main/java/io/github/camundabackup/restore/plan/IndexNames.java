package io.github.camundabackup.restore.plan;

import java.util.Collection;
import java.util.List;

/**
 * The names under which indices are restored: their own, or scratch names beside them.
 *
 * @param prefix what scratch names begin with; empty for the indices' own names
 */
public record IndexNames(String prefix) {
    /** For a {@code rename_pattern}; the replacement is {@link #replacement()}. */
    public static final String WHOLE_NAME = "(.+)";

    public boolean areScratch() {
        return !prefix.isEmpty();
    }

    public String of(String original) {
        return prefix + original;
    }

    public List<String> of(Collection<String> originals) {
        return originals.stream().map(this::of).toList();
    }

    public String original(String name) {
        return name.substring(prefix.length());
    }

    public String replacement() {
        return prefix + "$1";
    }
}
