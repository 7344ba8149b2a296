package io.github.camundabackup.consistency;

import io.github.camundabackup.model.Component;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thing that a check found. Immutable. */
public final class Finding {
    private final FindingCode code;
    private final @Nullable Component component;
    private final String evidence;

    private Finding(FindingCode code, @Nullable Component component, String evidence) {
        this.code = Objects.requireNonNull(code, "code");
        this.component = component;
        this.evidence = Objects.requireNonNull(evidence, "evidence");
    }

    static Finding of(FindingCode code, String evidence) {
        return new Finding(code, null, evidence);
    }

    static Finding of(FindingCode code, Component component, String evidence) {
        return new Finding(code, component, evidence);
    }

    /** What kind of finding it is. */
    public FindingCode code() {
        return code;
    }

    /** What it means for the verdict. */
    public Severity severity() {
        return code.severity();
    }

    /** The component that it is about; empty if it is about the backup as a whole. */
    public Optional<Component> component() {
        return Optional.ofNullable(component);
    }

    /** What was seen: names, numbers and times. */
    public String evidence() {
        return evidence;
    }

    /** What to do about it. */
    public String advice() {
        return code.advice();
    }

    @Override
    public String toString() {
        return code + component().map(about -> " " + about.displayName()).orElse("") + ": " + evidence;
    }
}
