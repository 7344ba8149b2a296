package io.github.camundabackup.snapshot;

import java.util.Objects;

/**
 * A search engine.
 *
 * @param name {@code Elasticsearch}, {@code OpenSearch} or another product's name
 * @param version as the engine writes it, such as {@code 8.19.21}
 */
public record EngineInfo(String name, String version) {
    public EngineInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
