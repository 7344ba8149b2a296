package io.github.camundabackup.restore;

import java.util.Collection;
import java.util.List;

/**
 * Under which names indices are restored: under their own, or under scratch names beside them.
 *
 * @param prefix what scratch names begin with; empty for the indices' own names
 */
record IndexNames(String prefix) {
    /** For a {@code rename_pattern}; the replacement is {@link #replacement()}. */
    static final String WHOLE_NAME = "(.+)";

    boolean areScratch() {
        return !prefix.isEmpty();
    }

    String of(String original) {
        return prefix + original;
    }

    List<String> of(Collection<String> originals) {
        return originals.stream().map(this::of).toList();
    }

    String original(String name) {
        return name.substring(prefix.length());
    }

    String replacement() {
        return prefix + "$1";
    }
}
