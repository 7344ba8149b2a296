package io.github.camundabackup.test.internal.searchengine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an index has beside its documents, and a snapshot holds with them. Immutable.
 *
 * @param settings by their whole names, such as {@code index.blocks.write}
 * @param aliases each with whether it names this index as the one that is written to, if it says so
 */
record IndexMetadata(Map<String, String> settings, Map<String, Optional<Boolean>> aliases) {
    static final IndexMetadata NONE = new IndexMetadata(Map.of(), Map.of());

    IndexMetadata {
        settings = Map.copyOf(settings);
        aliases = Map.copyOf(aliases);
    }

    /** With these settings changed, or removed where there is no value. */
    IndexMetadata with(Map<String, @Nullable String> changes) {
        Map<String, String> changed = new TreeMap<>(settings);
        FlatSettings.change(changed, changes);
        return new IndexMetadata(changed, aliases);
    }

    /** Without the settings that match: by a name, or by a beginning and {@code *}. */
    IndexMetadata withoutSettings(NamePatterns patterns) {
        Map<String, String> left = new TreeMap<>(settings);
        left.keySet().removeAll(patterns.select(settings.keySet()).names());
        return new IndexMetadata(left, aliases);
    }

    IndexMetadata withAlias(String alias, Optional<Boolean> write) {
        Map<String, Optional<Boolean>> changed = new LinkedHashMap<>(aliases);
        changed.put(alias, write);
        return new IndexMetadata(settings, changed);
    }

    IndexMetadata withoutAlias(String alias) {
        Map<String, Optional<Boolean>> changed = new LinkedHashMap<>(aliases);
        changed.remove(alias);
        return new IndexMetadata(settings, changed);
    }

    IndexMetadata withoutAliases() {
        return new IndexMetadata(settings, Map.of());
    }

    boolean isWriteIndexOf(String alias) {
        return aliases.getOrDefault(alias, Optional.empty()).orElse(false);
    }

    boolean isTrue(String setting) {
        return "true".equals(settings.get(setting));
    }
}
