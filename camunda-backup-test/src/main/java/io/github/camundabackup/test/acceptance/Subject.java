package io.github.camundabackup.test.acceptance;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * What a cluster is compared with.
 *
 * @param line the line
 * @param version the version that the simulated cluster gets
 * @param versionFrom how it was found
 * @param engine the dialect
 */
record Subject(CamundaLine line, String version, String versionFrom, SearchEngine engine) {
    /** The exporter's default. */
    static final String RECORD_PREFIX = "zeebe-record";

    /**
     * Finds out what a cluster is.
     *
     * @param stated the version that its user says
     * @param engineName what the search engine calls itself
     */
    static Subject of(Site site, Optional<String> stated, String engineName) throws IOException {
        SearchEngine engine = engineName.toLowerCase(Locale.ROOT).contains("opensearch")
                ? SearchEngine.OPENSEARCH
                : SearchEngine.ELASTICSEARCH;
        if (stated.isPresent()) {
            return of(site, stated.get(), "stated", engine);
        }
        Optional<String> seen = brokerVersion(site);
        if (seen.isPresent()) {
            return of(site, seen.get(), "as Zeebe's backups say", engine);
        }
        if (site.line().equals(CamundaLine.V8_8) && hasState(site)) {
            return of(site, first(CamundaLine.V8_9), "the oldest that tells the state of Zeebe's backups", engine);
        }
        return of(site, first(site.line()), "the oldest that serves what the cluster serves", engine);
    }

    private static Subject of(Site site, String version, String from, SearchEngine engine) {
        return new Subject(CamundaLines.known().ofVersion(version).orElse(site.line()), version, from, engine);
    }

    private static String first(CamundaLine line) {
        return line.equals(CamundaLine.UP_TO_8_7) ? "8.6.0" : line.releases().get(0) + ".0";
    }

    /** From 8.9. Before that, the word is no id. */
    private static boolean hasState(Site site) throws IOException {
        return site.get(Component.ZEEBE, "/" + path(site) + "/state").status() == 200;
    }

    private static Optional<String> brokerVersion(Site site) throws IOException {
        return site.get(Component.ZEEBE, "/" + path(site)).json().stream()
                .flatMap(json -> json.findValuesAsText("brokerVersion").stream())
                .filter(version -> version.matches("\\d+\\.\\d+\\.\\S+"))
                .map(ModuleDescriptor.Version::parse)
                .max(Comparator.naturalOrder())
                .map(ModuleDescriptor.Version::toString);
    }

    private static String path(Site site) {
        return site.line()
                .component(Component.ZEEBE)
                .flatMap(zeebe -> zeebe.path())
                .orElseThrow();
    }
}
