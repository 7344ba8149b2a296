package io.github.camundabackup.test.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What Zeebe has told the search engine: all that it knows. */
record ExportedRecords(List<ExportedRecord> all) {

    /** The keys of the process instances that have begun. */
    Set<Long> begun() {
        return keys(record -> record.isOfProcess("ELEMENT_ACTIVATED"));
    }

    /** The keys of the process instances that have come to their end. */
    Set<Long> ended() {
        return keys(record -> record.isOfProcess("ELEMENT_COMPLETED"));
    }

    /** The keys of all user tasks. */
    Set<Long> tasks() {
        return keys(record -> record.isOfUserTask("CREATED"));
    }

    Set<Long> doneTasks() {
        return keys(record -> record.isOfUserTask("COMPLETED"));
    }

    /** The keys of the user tasks that wait for a person. */
    Set<Long> waitingTasks() {
        Set<Long> waiting = new HashSet<>(tasks());
        waiting.removeAll(doneTasks());
        return waiting;
    }

    /** No position is there twice, and of no kind of record one is missing between the first and the last. */
    void assertWhole() {
        assertThat(all.stream()
                        .collect(Collectors.groupingBy(
                                record -> record.partition() + "-" + record.position(), Collectors.counting())))
                .as("records by partition and position")
                .isNotEmpty()
                .allSatisfy((position, count) -> assertThat(count).isEqualTo(1));
        Map<String, LongSummaryStatistics> sequences = all.stream()
                .collect(Collectors.groupingBy(
                        record -> record.partition() + "-" + record.valueType(),
                        Collectors.summarizingLong(ExportedRecord::sequence)));
        assertThat(sequences)
                .allSatisfy((kind, sequence) ->
                        assertThat(sequence.getCount()).isEqualTo(sequence.getMax() - sequence.getMin() + 1));
    }

    private Set<Long> keys(Predicate<ExportedRecord> which) {
        return all.stream().filter(which).map(ExportedRecord::key).collect(Collectors.toSet());
    }
}
