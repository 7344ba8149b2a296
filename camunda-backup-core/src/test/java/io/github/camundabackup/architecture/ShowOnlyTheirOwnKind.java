package io.github.camundabackup.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What users see of a class holds none of the hidden types: in no public or protected field, method or constructor (its
 * own, or inherited), not as a parameter, return type, exception, bound or type argument, and not among its supertypes
 * and type parameters.
 */
final class ShowOnlyTheirOwnKind extends ArchCondition<JavaClass> {
    private final DescribedPredicate<JavaClass> hidden;

    ShowOnlyTheirOwnKind(String... hiddenPackages) {
        super("show only types that users may see");
        hidden = JavaClass.Predicates.resideInAnyPackage(hiddenPackages);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!isVisible(type)) {
            return;
        }
        report("The declaration", typesOfDeclaration(type), events, type);
        type.getAllMembers().stream()
                .filter(member -> isVisible(member.getModifiers()))
                .forEach(member -> report(member.getDescription(), typesOf(member), events, type));
    }

    private void report(String where, Stream<JavaClass> types, ConditionEvents events, JavaClass type) {
        Set<String> shown = types.filter(hidden).map(JavaClass::getName).collect(Collectors.toSet());
        shown.forEach(name -> events.add(
                SimpleConditionEvent.violated(type, where + " in the API of " + type.getName() + " shows " + name)));
    }

    private static Stream<JavaClass> typesOfDeclaration(JavaClass type) {
        return Stream.of(
                        type.getSuperclass().stream(),
                        type.getInterfaces().stream(),
                        type.getTypeParameters().stream().flatMap(parameter -> parameter.getUpperBounds().stream()))
                .flatMap(types -> types)
                .map(JavaType.class::cast)
                .flatMap(supertype -> supertype.getAllInvolvedRawTypes().stream());
    }

    private static Stream<JavaClass> typesOf(JavaMember member) {
        Stream<JavaClass> exceptions =
                member instanceof JavaCodeUnit unit ? unit.getExceptionTypes().stream() : Stream.empty();
        return Stream.concat(member.getAllInvolvedRawTypes().stream(), exceptions);
    }

    private static boolean isVisible(JavaClass type) {
        return isVisible(type.getModifiers())
                && type.getEnclosingClass().map(ShowOnlyTheirOwnKind::isVisible).orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }
}
