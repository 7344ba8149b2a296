package io.github.camundabackup.samples.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.samples.documentation.Snippets.Snippet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The documentation says what compiles, and leads nowhere that does not exist. */
class DocumentationTest {
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
    private static final Path PROJECT = MODULE.resolve("../..").normalize();
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|mailto:|#)([^)#\\s]+)(#[^)]*)?\\)");

    @TestFactory
    Stream<DynamicTest> everyJavaBlockIsCompiled() {
        // What needs an optional module is compiled where that is.
        Set<String> compiled = Stream.of(
                        MODULE.resolve("src"),
                        PROJECT.resolve("camunda-backup-s3/src/test"),
                        PROJECT.resolve("camunda-backup-azure/src/test"),
                        PROJECT.resolve("camunda-backup-gcs/src/test"),
                        PROJECT.resolve("camunda-backup-database/src/test"))
                .flatMap(directory -> files(directory, file -> file.toString().endsWith(".java")))
                .filter(file -> !file.endsWith("SnippetsTest.java"))
                .flatMap(file -> Snippets.ofJava(read(file)).stream())
                .map(Snippet::code)
                .collect(Collectors.toSet());
        return pages().stream()
                .map(page -> DynamicTest.dynamicTest(name(page), () -> {
                    for (Snippet block : Snippets.ofMarkdown(read(page))) {
                        assertThat(compiled)
                                .as(
                                        "The Java code in line %d of %s must stand word for word between \"//"
                                                + " snippet\" and \"// end\" in a file below %s, where it is compiled.",
                                        block.line(), name(page), PROJECT.relativize(MODULE.resolve("src")))
                                .contains(block.code());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyRelativeLinkLeadsToAFile() {
        return pages().stream()
                .map(page -> DynamicTest.dynamicTest(name(page), () -> {
                    List<String> broken = LINK.matcher(read(page))
                            .results()
                            .map((MatchResult link) -> link.group(1))
                            .filter(link -> !Files.exists(page.resolveSibling(link)))
                            .toList();
                    assertThat(broken)
                            .as("links of %s to files that do not exist", name(page))
                            .isEmpty();
                }));
    }

    @Test
    void theDocumentationIsFound() {
        assertThat(pages()).map(DocumentationTest::name).contains("docs/guide/configuration.md");
    }

    private static List<Path> pages() {
        Predicate<Path> markdown = file -> file.toString().endsWith(".md");
        try (Stream<Path> top = Files.list(PROJECT)) {
            return Stream.of(
                            top.filter(markdown),
                            files(PROJECT.resolve("docs"), markdown),
                            Stream.of(PROJECT.resolve("samples/quickstart/README.md")))
                    .flatMap(files -> files)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path directory, Predicate<Path> condition) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(condition).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path page) {
        return PROJECT.relativize(page).toString().replace('\\', '/');
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
