package io.github.camundabackup;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.camundabackup.architecture.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * This module keeps every rule of {@link ArchitectureRules}. That these rules can fail is shown by
 * {@code architecture/ArchitectureRulesTest}.
 *
 * <p>That the store modules see nothing but the SPI packages and this module's qualified exports needs no rule: {@code module-info.java}
 * says it, and the compiler enforces it.
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

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }
}
