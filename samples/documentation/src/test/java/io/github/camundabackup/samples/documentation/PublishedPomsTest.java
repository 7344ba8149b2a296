package io.github.camundabackup.samples.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * What users' builds read of the published modules: POMs that stand alone and ask for no more than COMPATIBILITY.md
 * promises.
 */
class PublishedPomsTest {
    private static final Path PROJECT = Path.of(System.getProperty("basedir", "."))
            .toAbsolutePath()
            .resolve("../..")
            .normalize();
    private static final Set<String> CORE = Set.of(
            "com.fasterxml.jackson.core:jackson-databind",
            "io.github.resilience4j:resilience4j-retry",
            "org.slf4j:slf4j-api");
    private static final Set<String> STORE =
            Set.of("io.github.camundabackup:camunda-backup-core", "org.slf4j:slf4j-api");
    private static final Set<String> TEST = Set.of(
            "io.github.camundabackup:camunda-backup-core",
            "com.fasterxml.jackson.core:jackson-databind",
            "org.slf4j:slf4j-api",
            "org.junit.jupiter:junit-jupiter-api",
            "org.assertj:assertj-core");
    private static final List<String> PUBLISHED = List.of(
            "camunda-backup-core",
            "camunda-backup-elasticsearch",
            "camunda-backup-opensearch",
            "camunda-backup-s3",
            "camunda-backup-azure",
            "camunda-backup-gcs",
            "camunda-backup-database",
            "camunda-backup-test");

    @TestFactory
    Stream<DynamicTest> noPublishedPomNeedsAnotherOne() {
        return PUBLISHED.stream()
                .map(module -> DynamicTest.dynamicTest(module, () -> {
                    Element pom = flattened(module);
                    assertThat(children(pom, "parent")).isEmpty();
                    assertThat(children(pom, "dependencyManagement")).isEmpty();
                    assertThat(children(pom, "repositories")).isEmpty();
                    assertThat(children(pom, "build")).isEmpty();
                    assertThat(pom.getTextContent()).doesNotContain("${");
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyPublishedPomSaysWhatItIsAndUnderWhichLicense() {
        return PUBLISHED.stream()
                .map(module -> DynamicTest.dynamicTest(module, () -> {
                    Element pom = flattened(module);
                    assertThat(text(pom, "artifactId")).isEqualTo(module);
                    assertThat(text(pom, "name")).isNotBlank();
                    assertThat(text(pom, "description")).isNotBlank();
                    assertThat(children(pom, "licenses")).hasSize(1);
                }));
    }

    @Test
    void theCoreNeedsThreeLibrariesAndNothingElse() throws Exception {
        assertThat(dependenciesThatUsersGet("camunda-backup-core")).containsExactlyInAnyOrderElementsOf(CORE);
    }

    @Test
    void aStoreNeedsTheCoreAndNothingElse() throws Exception {
        assertThat(dependenciesThatUsersGet("camunda-backup-elasticsearch")).isSubsetOf(STORE);
        assertThat(dependenciesThatUsersGet("camunda-backup-opensearch")).isSubsetOf(STORE);
    }

    @Test
    void anObjectStoreNeedsTheCoreAndItsVendorsLibrary() throws Exception {
        assertThat(dependenciesThatUsersGet("camunda-backup-s3"))
                .containsExactlyInAnyOrder(
                        "io.github.camundabackup:camunda-backup-core",
                        "software.amazon.awssdk:s3",
                        "software.amazon.awssdk:url-connection-client");
        assertThat(dependenciesThatUsersGet("camunda-backup-azure"))
                .containsExactlyInAnyOrder(
                        "io.github.camundabackup:camunda-backup-core",
                        "com.azure:azure-storage-blob",
                        "com.azure:azure-core-http-jdk-httpclient");
        assertThat(dependenciesThatUsersGet("camunda-backup-gcs"))
                .containsExactlyInAnyOrder(
                        "io.github.camundabackup:camunda-backup-core",
                        "com.google.cloud:google-cloud-storage",
                        "com.fasterxml.jackson.core:jackson-core");
    }

    /** The driver of a database is the user's own. */
    @Test
    void aDatabaseNeedsTheCoreAndNothingElse() throws Exception {
        assertThat(dependenciesThatUsersGet("camunda-backup-database")).isSubsetOf(STORE);
    }

    @Test
    void testSupportNeedsJUnitAndAssertJBesides() throws Exception {
        assertThat(dependenciesThatUsersGet("camunda-backup-test")).isSubsetOf(TEST);
    }

    @Test
    void billOfMaterialsListsEveryPublishedModule() throws Exception {
        Element bom = parse(PROJECT.resolve("camunda-backup-bom/pom.xml"));
        List<String> managed = new ArrayList<>();
        for (Element management : children(bom, "dependencyManagement")) {
            for (Element dependency : dependencies(management)) {
                managed.add(text(dependency, "artifactId"));
            }
        }
        assertThat(managed).containsExactlyInAnyOrderElementsOf(PUBLISHED);
        assertThat(children(bom, "parent")).isEmpty();
        assertThat(children(bom, "dependencies")).isEmpty();
    }

    private static List<String> dependenciesThatUsersGet(String module) throws Exception {
        List<String> names = new ArrayList<>();
        for (Element dependency : dependencies(flattened(module))) {
            String scope = text(dependency, "scope");
            assertThat(scope)
                    .as("A test dependency has leaked into %s.", module)
                    .isNotEqualTo("test");
            assertThat(text(dependency, "version")).isNotBlank();
            if (!scope.equals("provided")) {
                names.add(text(dependency, "groupId") + ":" + text(dependency, "artifactId"));
            }
        }
        return names;
    }

    private static List<Element> dependencies(Element parent) {
        return children(parent, "dependencies").stream()
                .flatMap(dependencies -> children(dependencies, "dependency").stream())
                .toList();
    }

    private static Element flattened(String module) throws Exception {
        Path pom = PROJECT.resolve(module).resolve(".flattened-pom.xml");
        assertThat(Files.exists(pom))
                .as("%s is made by the build of its module: run \"mvn verify\" in the project's directory.", pom)
                .isTrue();
        return parse(pom);
    }

    private static Element parse(Path file) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
    }

    private static String text(Element parent, String name) {
        return children(parent, name).stream()
                .map(Node::getTextContent)
                .findFirst()
                .orElse("");
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> elements = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element && element.getTagName().equals(name)) {
                elements.add(element);
            }
        }
        return elements;
    }
}
