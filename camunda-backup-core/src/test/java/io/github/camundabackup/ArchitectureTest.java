package io.github.camundabackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.camundabackup.architecture.ArchitectureRules;
import io.github.camundabackup.model.BackupId;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * This module keeps every rule of {@link ArchitectureRules}. That these rules can fail is shown by
 * {@code architecture/ArchitectureRulesTest}.
 *
 * <p>That the store modules see nothing but the SPI packages and this module's qualified exports needs no rule:
 * {@code module-info.java} says it, and the compiler enforces it.
 */
class ArchitectureTest {
    private static final String ROOT = ArchitectureTest.class.getPackageName();
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @TestFactory
    Stream<DynamicTest> theModuleKeepsItsRules() {
        return new ArchitectureRules(ROOT)
                .all().stream().map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> check(rule)));
    }

    /** A package that users can see by accident is an API that must be kept. */
    @Test
    void exportsExactlyThePackagesThatUsersMaySee() {
        Set<String> exported = libraryModule().exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        Set<String> visible = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !ArchitectureRules.isHidden(name.substring(ROOT.length())))
                .collect(Collectors.toSet());

        assertThat(exported).isEqualTo(visible);
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }

    private static ModuleDescriptor libraryModule() {
        URL classes = BackupId.class.getProtectionDomain().getCodeSource().getLocation();
        return ModuleFinder.of(Path.of(URI.create(classes.toString())))
                .find("io.github.camundabackup.core")
                .orElseThrow()
                .descriptor();
    }
}
