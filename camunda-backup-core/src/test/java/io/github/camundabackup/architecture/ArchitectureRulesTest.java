package io.github.camundabackup.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.github.camundabackup.architecture.violations.component.Shows;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule finds what breaks it, and leaves alone what does not. */
class ArchitectureRulesTest {
    private static final String ROOT = ArchitectureRulesTest.class.getPackageName() + ".violations";
    private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(ROOT);
    private static final ArchitectureRules RULES = new ArchitectureRules(ROOT);

    @TestFactory
    List<DynamicTest> noRuleIsWithoutAnExampleThatBreaksIt() {
        return RULES.all().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getDescription(),
                        () -> assertThat(violations(rule)).isNotEmpty()))
                .toList();
    }

    @TestFactory
    List<DynamicTest> noRuleFailsWhereThereIsNothingToCheck() {
        JavaClasses nothing = new ClassFileImporter().importClasses(List.of());
        return RULES.all().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(nothing)))
                .toList();
    }

    @Test
    void cyclesOfPackagesAreFound() {
        assertThat(violations(RULES.packagesAreAcyclic()))
                .anySatisfy(cycle -> assertThat(cycle).contains("Slice component", "Slice snapshot"));
    }

    @Test
    void usersOfTheRootPackageAreFound() {
        assertThat(violations(RULES.nothingDependsOnTheRootPackage()))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation).contains("DependsOnTheRoot"));
    }

    @Test
    void leavesThatDependOnMoreAreFound() {
        assertThat(violations(RULES.modelDependsOnNothing()))
                .allSatisfy(v -> assertThat(v).contains("ModelThatDepends"));
        assertThat(violations(RULES.errorDependsOnModelOnly()))
                .allSatisfy(v -> assertThat(v).contains("ErrorThatDepends"));
        assertThat(violations(RULES.linesDependOnModelOnly()))
                .allSatisfy(v -> assertThat(v).contains("LineThatDepends"));
        assertThat(violations(RULES.endpointDependsOnChecksOfInputOnly()))
                .allSatisfy(v -> assertThat(v).contains("EndpointThatDepends"));
        assertThat(violations(RULES.runtimeDependsOnNothing()))
                .allSatisfy(v -> assertThat(v).contains("RuntimeThatDepends"));
    }

    @Test
    void whoeverKnowsAnothersBusinessIsFound() {
        assertThat(violations(RULES.participantsAreNotToldApart()))
                .isNotEmpty()
                .allSatisfy(v -> assertThat(v).contains("TellsParticipantsApart"));
        assertThat(violations(RULES.engineKnowsNoRecovery()))
                .isNotEmpty()
                .allSatisfy(v -> assertThat(v).contains("KnowsTheRecovery"));
    }

    @Test
    void findsHttpAndRetriesOutsideOfInternalPackages() {
        for (ArchRule rule : List.of(RULES.httpClientIsInternal(), RULES.retriesAreInternal())) {
            assertThat(violations(rule))
                    .anySatisfy(violation -> assertThat(violation).contains("UsesImplementation"))
                    .noneSatisfy(violation -> assertThat(violation).contains("UsesJackson"));
        }
    }

    @Test
    void useOfJacksonIsFoundInOtherInternalPackagesToo() {
        assertThat(violations(RULES.onlyInternalJsonKnowsJackson()))
                .anySatisfy(violation -> assertThat(violation).contains("UsesImplementation"))
                .anySatisfy(violation -> assertThat(violation).contains("UsesJackson"))
                .noneSatisfy(violation -> assertThat(violation).contains("MayUseJackson"));
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Shows.InField.class,
                Shows.InProtectedField.class,
                Shows.InParameter.class,
                Shows.InConstructor.class,
                Shows.InReturnType.class,
                Shows.InArray.class,
                Shows.InException.class,
                Shows.AsSuperclass.class,
                Shows.AsArgumentOfSupertype.class,
                Shows.InTypeArgument.class,
                Shows.InBoundOfClass.class,
                Shows.InBoundOfMethod.class,
                Shows.Inherited.class,
                Shows.HttpClients.class,
                Shows.Retries.class,
                Shows.Jackson.class
            })
    void implementationInAPublicSignatureIsFound(Class<?> type) {
        assertThat(violations(RULES.publicSignaturesShowNoImplementation()))
                .anySatisfy(violation -> assertThat(violation).contains(type.getName() + " shows "));
    }

    @Test
    void implementationThatUsersCannotSeeIsNotReported() {
        assertThat(violations(RULES.publicSignaturesShowNoImplementation()))
                .noneSatisfy(violation -> assertThat(violation).contains("API of " + Shows.Unseen.class.getName()))
                .noneSatisfy(
                        violation -> assertThat(violation).contains("API of " + Shows.class.getName() + "$NotVisible"))
                .noneSatisfy(violation -> assertThat(violation).contains("UsesImplementation"))
                .noneSatisfy(violation -> assertThat(violation).contains("WiresEverything"));
    }

    @Test
    void everyWayToSleepIsFound() {
        assertThat(violations(RULES.nothingSleeps()))
                .hasSize(3)
                .allSatisfy(v -> assertThat(v).contains("Waits."));
    }

    @Test
    void everyWayToReadAClockIsFoundExceptInRuntime() {
        assertThat(violations(RULES.clocksAreReadInRuntimeOnly()))
                .hasSize(4)
                .allSatisfy(violation -> assertThat(violation).contains("Waits."));
    }

    @Test
    void printingIsFound() {
        assertThat(violations(RULES.nothingPrints())).hasSize(2);
    }

    private static List<String> violations(ArchRule rule) {
        return rule.evaluate(VIOLATIONS).getFailureReport().getDetails();
    }
}
