package io.github.camundabackup.snapshot;

import java.util.List;

/**
 * What a restore has to know of the engine beforehand.
 *
 * @param dataNodes how many nodes can hold shards
 * @param templatePatterns for which index names there are index templates, as patterns with {@code *}
 */
public record RestoreTarget(int dataNodes, List<String> templatePatterns) {
    public RestoreTarget {
        templatePatterns = List.copyOf(templatePatterns);
    }
}
