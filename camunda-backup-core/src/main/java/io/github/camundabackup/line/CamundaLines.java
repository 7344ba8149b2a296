package io.github.camundabackup.line;

import io.github.camundabackup.model.Component;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lines that a client, a check or a restore knows: those of this library, and one that its user has made.
 * Immutable.
 */
public final class CamundaLines {
    private static final CamundaLines KNOWN =
            new CamundaLines(List.of(CamundaLine.UP_TO_8_7, CamundaLine.V8_8, CamundaLine.V8_9, CamundaLine.V8_10));

    private final List<CamundaLine> lines;

    private CamundaLines(List<CamundaLine> lines) {
        this.lines = List.copyOf(lines);
    }

    /** The lines of this library. */
    public static CamundaLines known() {
        return KNOWN;
    }

    /** One line alone. */
    public static CamundaLines of(CamundaLine line) {
        return new CamundaLines(List.of(line));
    }

    /** With another line, which takes the place of one with the same id. */
    public CamundaLines with(CamundaLine line) {
        return new CamundaLines(Stream.concat(lines.stream().filter(known -> !known.equals(line)), Stream.of(line))
                .toList());
    }

    /** As {@link #with(CamundaLine)}, if there is one. */
    public CamundaLines with(Optional<CamundaLine> line) {
        return line.map(this::with).orElse(this);
    }

    /** All of them, the oldest first. */
    public List<CamundaLine> all() {
        return lines;
    }

    /** The line whose id was written down; empty if it is none of these. */
    public Optional<CamundaLine> byId(String id) {
        return lines.stream().filter(line -> line.id().equals(id)).findFirst();
    }

    /** The line of a version, such as {@code 8.6.0}; empty if it is none of these. */
    public Optional<CamundaLine> ofVersion(String version) {
        return lines.stream().filter(line -> line.includes(version)).findFirst();
    }

    /** The oldest line that has all of these components. */
    public Optional<CamundaLine> having(Collection<Component> components) {
        return lines.stream().filter(line -> line.has(components)).findFirst();
    }

    /** What the names of a component's indices begin with, in any of the lines. */
    public List<String> indexPrefixes(Component component) {
        return lines.stream()
                .flatMap(line -> line.component(component).stream())
                .flatMap(of -> of.indexPrefixes().stream())
                .distinct()
                .toList();
    }

    /** The actuator endpoints of backups in any of the lines. */
    public List<String> paths() {
        return lines.stream()
                .flatMap(line -> line.components().stream())
                .flatMap(component -> component.path().stream())
                .distinct()
                .toList();
    }

    /** Every component of any of the lines, in the order of reports. */
    public List<Component> components() {
        return lines.stream()
                .flatMap(line -> line.components().stream())
                .map(LineComponent::component)
                .distinct()
                .sorted()
                .toList();
    }

    /** What the newest line that has a component says of it; empty if none has it. */
    public Optional<LineComponent> component(Component component) {
        return lines.stream()
                .flatMap(line -> line.component(component).stream())
                .reduce((older, newer) -> newer);
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
