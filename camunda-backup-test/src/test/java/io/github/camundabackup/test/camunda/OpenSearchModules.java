package io.github.camundabackup.test.camunda;

import io.github.camundabackup.test.process.FileTrees;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts modules of OpenSearch, which are published as jars one by one, where OpenSearch loads them. */
final class OpenSearchModules {
    // Tasklist 8.6 writes this setting, which belongs to a plugin that is not published.
    private static final String ISM_PLUGIN = """
            package ism;

            import java.util.List;
            import org.opensearch.common.settings.Setting;

            public class SettingPlugin extends org.opensearch.plugins.Plugin {
                @Override
                public List<Setting<?>> getSettings() {
                    return List.of(Setting.simpleString(
                            "index.plugins.index_state_management.policy_id",
                            Setting.Property.IndexScope,
                            Setting.Property.Dynamic));
                }
            }
            """;

    private final Path home;
    private final Path jars;

    /**
     * @param home of the engine
     * @param jars where the modules' jars and what they need are
     */
    OpenSearchModules(Path home, Path jars) {
        this.home = home;
        this.jars = jars;
    }

    void add() throws IOException {
        module(
                "lang-painless",
                "org.opensearch.painless.PainlessPlugin",
                "",
                List.of("lang-painless", "opensearch-scripting-painless-spi", "antlr4-runtime", "asm(-[a-z]+)?"),
                """
                grant {
                  permission java.lang.RuntimePermission "createClassLoader";
                  permission java.lang.RuntimePermission "getClassLoader";
                };
                """);
        module(
                "analysis-common",
                "org.opensearch.analysis.common.CommonAnalysisPlugin",
                "lang-painless",
                List.of("analysis-common"),
                "");
        module("parent-join", "org.opensearch.join.ParentJoinPlugin", "", List.of("parent-join-client"), "");
        module(
                "mapper-extras",
                "org.opensearch.index.mapper.MapperExtrasPlugin",
                "",
                List.of("mapper-extras-client"),
                "");
        module(
                "aggs-matrix-stats",
                "org.opensearch.search.aggregations.matrix.MatrixAggregationPlugin",
                "",
                List.of("aggs-matrix-stats-client"),
                "");
        module(
                "reindex",
                "org.opensearch.index.reindex.ReindexPlugin",
                "",
                List.of("(reindex|opensearch-rest)-client", "opensearch-ssl-config", "http.*", "commons-.*"),
                """
                grant {
                  permission java.net.SocketPermission "*", "connect";
                };
                grant codeBase "${codebase.opensearch-rest-client}" {
                  permission java.net.NetPermission "getProxySelector";
                };
                grant codeBase "${codebase.httpasyncclient}" {
                  permission java.net.NetPermission "getProxySelector";
                };
                """);
        compileIsmSetting(module("ism-setting", "ism.SettingPlugin", "", List.of(), ""));
    }

    private Path module(String name, String plugin, String extended, List<String> jarNames, String policy)
            throws IOException {
        Path module = Files.createDirectory(home.resolve("modules").resolve(name));
        for (String jarName : jarNames) {
            copyJars(jarName, module);
        }
        Files.writeString(
                module.resolve("plugin-descriptor.properties"), """
                description=%1$s
                version=%2$s
                name=%1$s
                classname=%3$s
                java.version=11
                opensearch.version=%2$s
                custom.foldername=
                extended.plugins=%4$s
                has.native.controller=false
                """.formatted(name, version(), plugin, extended));
        if (!policy.isEmpty()) {
            Files.writeString(module.resolve("plugin-security.policy"), policy);
        }
        return module;
    }

    private void copyJars(String jarName, Path module) throws IOException {
        try (Stream<Path> files = Files.list(jars)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches(jarName + "-\\d[^-]*\\.jar"))
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalStateException("There is no " + jarName + " in " + jars);
            }
            for (Path file : found) {
                Files.copy(file, module.resolve(file.getFileName()));
            }
        }
    }

    /** As the core's jar has it. */
    private String version() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("opensearch-\\d.*\\.jar"))
                    .map(name -> name.replaceAll("^opensearch-|\\.jar$", ""))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("There is no OpenSearch in " + home));
        }
    }

    private String classPath() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private void compileIsmSetting(Path module) throws IOException {
        Path sources = Files.createDirectory(module.resolve("src"));
        Path source = Files.writeString(sources.resolve("SettingPlugin.java"), ISM_PLUGIN);
        StringWriter messages = new StringWriter();
        PrintWriter printer = new PrintWriter(messages);
        int result = ToolProvider.findFirst("javac")
                .orElseThrow(() -> new IllegalStateException("A module for OpenSearch must be compiled, but "
                        + System.getProperty("java.home") + " is no JDK."))
                .run(
                        printer,
                        printer,
                        "--release",
                        "11",
                        "-proc:none",
                        "-cp",
                        classPath(),
                        "-d",
                        sources.toString(),
                        source.toString());
        if (result != 0) {
            throw new IllegalStateException("The module for OpenSearch cannot be compiled:\n" + messages);
        }
        String name = "ism/SettingPlugin.class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(module.resolve("ism-setting.jar")))) {
            jar.putNextEntry(new JarEntry(name));
            jar.write(Files.readAllBytes(sources.resolve(name)));
            jar.closeEntry();
        }
        FileTrees.delete(sources);
    }
}
