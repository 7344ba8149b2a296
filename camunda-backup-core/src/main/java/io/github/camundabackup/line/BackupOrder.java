package io.github.camundabackup.line;

import io.github.camundabackup.model.Component;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The order in which a line's components are backed up. Components of one group are started together; all of a group
 * are complete before the next one is started.
 *
 * @param beforePause the groups that come before exporting is paused
 * @param inPause the groups that come while it is paused
 */
public record BackupOrder(List<List<Component>> beforePause, List<List<Component>> inPause) {
    public BackupOrder {
        beforePause = beforePause.stream().map(List::copyOf).toList();
        inPause = inPause.stream().map(List::copyOf).toList();
    }

    /** Every group in order, before and in the pause. */
    public List<List<Component>> groups() {
        return Stream.concat(beforePause.stream(), inPause.stream()).toList();
    }

    /** Every component, in the order of its group. */
    public List<Component> components() {
        return groups().stream().flatMap(List::stream).toList();
    }

    /** The number of a component's group, from 0; empty if it has no place. */
    public Optional<Integer> group(Component component) {
        List<List<Component>> groups = groups();
        return IntStream.range(0, groups.size())
                .filter(index -> groups.get(index).contains(component))
                .boxed()
                .findFirst();
    }

    /**
     * The same order with further components, which join the first group: they are taken together with the
     * applications, since nothing is known of them that would want another place.
     */
    BackupOrder with(List<Component> more) {
        List<Component> added =
                more.stream().filter(component -> group(component).isEmpty()).toList();
        if (added.isEmpty()) {
            return this;
        }
        return beforePause.isEmpty()
                ? new BackupOrder(beforePause, joined(inPause, added))
                : new BackupOrder(joined(beforePause, added), inPause);
    }

    private static List<List<Component>> joined(List<List<Component>> groups, List<Component> added) {
        List<Component> first = Stream.concat(groups.stream().limit(1).flatMap(List::stream), added.stream())
                .toList();
        return Stream.concat(Stream.of(first), groups.stream().skip(1)).toList();
    }
}
