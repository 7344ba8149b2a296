package io.github.camundabackup.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules of where code may live and what it may see, for all packages below a root package. */
public final class ArchitectureRules {
    /** Packages that are not exported: what users see is beside them. */
    private static final List<String> HIDDEN = List.of(
            ".internal..",
            ".backup.engine",
            ".recovery.engine",
            ".exporting.pause",
            ".consistency.evidence",
            ".restore.plan.rules");

    private final String root;

    /**
     * @param root the base package. The library's own, except in tests of the rules themselves
     */
    public ArchitectureRules(String root) {
        this.root = root;
    }

    public List<ArchRule> all() {
        return List.of(
                packagesAreAcyclic(),
                nothingDependsOnTheRootPackage(),
                modelDependsOnNothing(),
                errorDependsOnModelOnly(),
                linesDependOnModelOnly(),
                participantsAreNotToldApart(),
                engineKnowsNoRecovery(),
                endpointDependsOnChecksOfInputOnly(),
                runtimeDependsOnNothing(),
                httpClientIsInternal(),
                retriesAreInternal(),
                onlyInternalJsonKnowsJackson(),
                publicSignaturesShowNoImplementation(),
                nothingSleeps(),
                clocksAreReadInRuntimeOnly(),
                nothingPrints());
    }

    public ArchRule packagesAreAcyclic() {
        return slices().matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .as("packages are free of cycles")
                .allowEmptyShould(true);
    }

    /** The root package wires everything together; whoever saw it would see everything. */
    public ArchRule nothingDependsOnTheRootPackage() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root)
                .as("nothing depends on the root package")
                .allowEmptyShould(true);
    }

    public ArchRule modelDependsOnNothing() {
        return leaf("model");
    }

    public ArchRule errorDependsOnModelOnly() {
        return leaf("error", root + ".model");
    }

    /** Everybody reads the tables of lines; they read nobody. */
    public ArchRule linesDependOnModelOnly() {
        return leaf("line", root + ".model");
    }

    /** Whoever speaks with one component's own client treats it in another way than a user's participant. */
    public ArchRule participantsAreNotToldApart() {
        return noClasses()
                .that()
                .resideInAnyPackage(
                        root + ".backup..", root + ".recovery..", root + ".consistency..", root + ".restore..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(Pattern.quote(root + ".component.") + "\\w+Client")
                .as("runs, recovery, checks and restores do not tell participants apart")
                .allowEmptyShould(true);
    }

    /** The engine asks for what looks after interrupted runs by an interface of its own. */
    public ArchRule engineKnowsNoRecovery() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".backup..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root + ".recovery.engine")
                .as("the engine of backups knows nothing of the recovery")
                .allowEmptyShould(true);
    }

    public ArchRule endpointDependsOnChecksOfInputOnly() {
        return leaf("endpoint", root + ".internal.input");
    }

    public ArchRule runtimeDependsOnNothing() {
        return leaf("runtime", "org.slf4j");
    }

    public ArchRule httpClientIsInternal() {
        return onlyIn(root + ".internal..", "java.net.http..");
    }

    public ArchRule retriesAreInternal() {
        return onlyIn(root + ".internal..", "io.github.resilience4j..");
    }

    public ArchRule onlyInternalJsonKnowsJackson() {
        return onlyIn(root + ".internal.json", "com.fasterxml.jackson..");
    }

    /**
     * Callers must be able to compile without what the library is made of, and it must be possible to exchange that.
     */
    public ArchRule publicSignaturesShowNoImplementation() {
        return classes()
                .that()
                .resideOutsideOfPackages(hidden())
                .should(new ShowOnlyTheirOwnKind(Stream.concat(
                                Stream.of("java.net.http..", "com.fasterxml.jackson..", "io.github.resilience4j.."),
                                Stream.of(hidden()))
                        .toArray(String[]::new)))
                .as("public signatures show no implementation")
                .allowEmptyShould(true);
    }

    /** Waiting is {@code TimeSource.delay}, which holds no thread and takes no time in tests. */
    public ArchRule nothingSleeps() {
        return noClasses()
                .should()
                .callMethodWhere(target(owner(assignableTo(Thread.class).or(assignableTo(TimeUnit.class))))
                        .and(target(nameMatching("sleep"))))
                .orShould()
                .callMethodWhere(
                        target(owner(assignableTo(LockSupport.class))).and(target(nameMatching("park(Nanos|Until)"))))
                .as("nothing sleeps")
                .allowEmptyShould(true);
    }

    /** Everybody else asks {@code TimeSource}, so that tests can give another time. */
    public ArchRule clocksAreReadInRuntimeOnly() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".runtime")
                .should()
                .callMethodWhere(target(owner(assignableTo(System.class)))
                        .and(target(nameMatching("nanoTime|currentTimeMillis"))))
                .orShould()
                .callMethodWhere(target(owner(assignableTo(Instant.class))).and(target(nameMatching("now"))))
                .orShould()
                .callMethodWhere(target(owner(assignableTo(Clock.class))).and(target(nameMatching("(system|tick).*"))))
                .as("clocks are read in the package runtime only")
                .allowEmptyShould(true);
    }

    /** What there is to say goes to SLF4J. */
    public ArchRule nothingPrints() {
        return noClasses().should(ACCESS_STANDARD_STREAMS).as("nothing prints").allowEmptyShould(true);
    }

    /** Whether a package of the library is one that users cannot see. */
    public static boolean isHidden(String packageBelowRoot) {
        return HIDDEN.stream()
                .map(pattern -> pattern.endsWith("..") ? pattern.substring(0, pattern.length() - 2) : pattern)
                .anyMatch(hidden -> packageBelowRoot.equals(hidden) || packageBelowRoot.startsWith(hidden + "."));
    }

    private String[] hidden() {
        return HIDDEN.stream().map(pattern -> root + pattern).toArray(String[]::new);
    }

    private ArchRule leaf(String name, String... alsoAllowed) {
        String self = root + "." + name;
        String[] allowed = new String[alsoAllowed.length + 4];
        System.arraycopy(alsoAllowed, 0, allowed, 0, alsoAllowed.length);
        allowed[alsoAllowed.length] = self;
        allowed[alsoAllowed.length + 1] = "java..";
        allowed[alsoAllowed.length + 2] = "javax..";
        allowed[alsoAllowed.length + 3] = "org.jspecify..";
        return classes()
                .that()
                .resideInAPackage(self)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .as("the package " + name + " depends on nothing"
                        + (alsoAllowed.length == 0 ? "" : " but " + String.join(", ", alsoAllowed)))
                .allowEmptyShould(true);
    }

    private static ArchRule onlyIn(String packages, String types) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(types)
                .as(types + " is used in " + packages + " only")
                .allowEmptyShould(true);
    }
}
