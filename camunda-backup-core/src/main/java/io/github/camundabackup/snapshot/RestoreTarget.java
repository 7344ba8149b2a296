package io.github.camundabackup.snapshot;

import java.util.List;

/**
 * The properties of an engine that a restore has to know beforehand.
 *
 * @param dataNodes how many nodes can hold shards
 * @param templatePatterns for which index names there are index templates, as patterns with {@code *}
 */
public record RestoreTarget(int dataNodes, List<String> templatePatterns) {
    public RestoreTarget {
        templatePatterns = List.copyOf(templatePatterns);
    }
}
