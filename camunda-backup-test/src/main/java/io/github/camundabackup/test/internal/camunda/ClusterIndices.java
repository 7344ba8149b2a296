package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.internal.searchengine.EngineState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The indices that the components of a cluster have in its search engine. */
public final class ClusterIndices {
    private final ClusterSettings settings;
    private final String day;

    /**
     * @param day the one that the indices of records are of
     */
    public ClusterIndices(ClusterSettings settings, String day) {
        this.settings = settings;
        this.day = day;
    }

    public List<String> all() {
        List<String> indices = new ArrayList<>();
        for (Component component : settings.line().components().stream()
                .map(LineComponent::component)
                .toList()) {
            indices.addAll(of(component));
        }
        return indices;
    }

    public boolean has(Component component) {
        if (component.equals(Component.ZEEBE_RECORDS)) {
            // Records are exported where a component imports them.
            return settings.hasImporters();
        }
        return settings.line()
                        .component(component)
                        .filter(of -> !of.indexPrefixes().isEmpty())
                        .isPresent()
                && (settings.hasOptimize() || !component.equals(Component.OPTIMIZE));
    }

    /** Makes an index template for an index, as if all had one: the applications decide that. */
    public static void createTemplate(EngineState engine, String index) {
        engine.createTemplate(index + "template", index + "*");
    }

    /** What a component that starts makes of its indices and index templates, where they are missing. */
    public void createMissing(Component component, EngineState engine) {
        of(component).forEach(index -> {
            engine.createIndex(index, Map.of());
            createTemplate(engine, index);
        });
    }

    private List<String> of(Component component) {
        return has(component) ? IndexCatalog.indices(component, settings, day) : List.of();
    }
}
