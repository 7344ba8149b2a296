package io.github.camundabackup.test.camunda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Software under its vendor's own licence, which the build therefore does not fetch. Whoever has it, and the right to
 * use it, unpacks it and names its directory in an environment variable.
 *
 * @param minor the only minor version that serves
 * @param versionedJar the jar whose name tells the version
 * @param programs those that must be in it
 * @param directories those that must be in it
 */
record VendorDistribution(
        String product,
        String minor,
        String variable,
        String versionedJar,
        List<String> programs,
        List<String> directories) {
    static final VendorDistribution CAMUNDA = new VendorDistribution(
            "Camunda",
            "8.6",
            "CAMUNDA_DISTRIBUTION",
            "zeebe-broker",
            List.of("bin/broker", "bin/operate", "bin/tasklist", "bin/restore"),
            List.of("config", "lib"));

    /** Complete, for Camunda needs modules that the published minimal server lacks. */
    static final VendorDistribution ELASTICSEARCH = new VendorDistribution(
            "complete Elasticsearch",
            "8.16",
            "ELASTICSEARCH_DISTRIBUTION",
            "elasticsearch",
            List.of("bin/elasticsearch"),
            List.of(
                    "config",
                    "lib",
                    "modules/analysis-common",
                    "modules/lang-painless",
                    "modules/mapper-extras",
                    "modules/parent-join",
                    "modules/reindex"));

    /** One that is as it must be. */
    record Unpacked(Path home, String version) {}

    /**
     * Looks for it where the environment says.
     *
     * @param problems gets one line if there is none that serves
     */
    Optional<Unpacked> find(Map<String, String> environment, Consumer<String> problems) {
        String value = environment.getOrDefault(variable, "").strip();
        if (value.isEmpty()) {
            problems.accept(variable + " is not set. " + wanted()
                    + " The build does not fetch it, as it is under its vendor's licence.");
            return Optional.empty();
        }
        Path home = Path.of(value).toAbsolutePath().normalize();
        Optional<String> objection = objection(home);
        objection.ifPresent(reason -> problems.accept(variable + " is " + home + ", " + reason + ". " + wanted()));
        return objection.isPresent() ? Optional.empty() : version(home).map(version -> new Unpacked(home, version));
    }

    private String wanted() {
        return "It must name the directory of an unpacked " + product + " " + minor + ", the one with bin and lib.";
    }

    private Optional<String> objection(Path home) {
        if (!Files.isDirectory(home)) {
            return Optional.of("where no directory is");
        }
        Optional<String> version = version(home);
        // First, because another version's layout is often another one too.
        if (version.isPresent() && !version.orElseThrow().startsWith(minor + ".")) {
            return version.map(told -> "which is of version " + told + ", as " + jar(told) + " tells");
        }
        List<String> lacking = lacking(home);
        return lacking.isEmpty() ? Optional.empty() : Optional.of("which lacks " + String.join(", ", lacking));
    }

    private List<String> lacking(Path home) {
        List<String> lacking = new ArrayList<>();
        for (String program : programs) {
            Path file = home.resolve(program);
            if (!Files.isRegularFile(file)) {
                lacking.add(program);
            } else if (!Files.isExecutable(file)) {
                lacking.add("the permission to execute " + program);
            }
        }
        directories.stream()
                .filter(directory -> !Files.isDirectory(home.resolve(directory)))
                .forEach(lacking::add);
        if (version(home).isEmpty()) {
            lacking.add(jar("<version>"));
        }
        return lacking;
    }

    /** As the name of a jar tells. */
    private Optional<String> version(Path home) {
        Path lib = home.resolve("lib");
        if (!Files.isDirectory(lib)) {
            return Optional.empty();
        }
        Pattern name = Pattern.compile(Pattern.quote(versionedJar) + "-([0-9].*)\\.jar");
        try (Stream<Path> files = Files.list(lib)) {
            return files.map(file -> name.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String jar(String version) {
        return "lib/" + versionedJar + "-" + version + ".jar";
    }
}
