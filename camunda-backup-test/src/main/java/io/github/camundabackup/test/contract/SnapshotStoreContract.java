package io.github.camundabackup.test.contract;

import static io.github.camundabackup.test.contract.Awaits.assertRefused;
import static io.github.camundabackup.test.contract.Awaits.await;
import static io.github.camundabackup.test.contract.Awaits.awaitFailure;
import static io.github.camundabackup.test.contract.Awaits.poll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.RecordRange;
import io.github.camundabackup.snapshot.RepositoryInfo;
import io.github.camundabackup.snapshot.RestoreProgress;
import io.github.camundabackup.snapshot.RestoreRequest;
import io.github.camundabackup.snapshot.RestoreThrottles;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotProgress;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.contract.SnapshotStoreFixture.ExportedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link SnapshotStore}, as tests. To check one, extend this class in the tests of the implementation:
 *
 * <pre>{@code
 * class MySnapshotStoreTest extends SnapshotStoreContract {
 *     @Override
 *     protected SnapshotStoreFixture createFixture() {
 *         return new MyFixture();
 *     }
 * }
 * }</pre>
 *
 * Best run against the real engine: a simulated one repeats its author's mistakes.
 */
public abstract class SnapshotStoreContract {
    private static final String ORDERS = "contract-orders";
    private static final String INVOICES = "contract-invoices";

    /** The first whole number that a double cannot hold. */
    private static final long NO_DOUBLE = (1L << 53) + 1;

    /** Engines take a number of four digits for a year. */
    private static final long NOW = 1_700_000_000_000L;

    private SnapshotStoreFixture fixture;
    private SnapshotStore store;

    /** For subclasses. */
    protected SnapshotStoreContract() {}

    /** Makes the surroundings of one test; called before each. The test closes them. */
    protected abstract SnapshotStoreFixture createFixture();

    @BeforeEach
    final void openFixture() {
        fixture = createFixture();
        store = fixture.store();
    }

    @AfterEach
    final void closeFixture() {
        if (fixture != null) {
            fixture.close();
        }
    }

    // The repository

    @Test
    void tellsWhichEngineItSpeaksTo() {
        assertThat(await(store.engine())).satisfies(engine -> {
            assertThat(engine.name()).isNotBlank();
            assertThat(engine.version()).isNotBlank();
        });
    }

    @Test
    void namesTheRepositoryInItsDescription() {
        assertThat(store.repository()).isNotBlank();
        assertThat(store.description()).contains(store.repository());
    }

    @Test
    void verifiesARepositoryThatEveryNodeCanWrite() {
        RepositoryInfo repository = await(store.verifyRepository());

        assertThat(repository.name()).isEqualTo(store.repository());
        assertThat(repository.type()).isNotBlank();
        assertThat(repository.verifiedByNodes()).isPositive();
    }

    @Test
    void asksForPrivilegesWithoutTakingASnapshot() {
        assertThat(await(store.missingPrivileges())).isEmpty();

        List<SnapshotInfo> snapshots = new ArrayList<>();
        await(store.list(List.of("*"), snapshots::add));
        assertThat(snapshots).isEmpty();
    }

    @Test
    void tellsAMissingRepositoryFromAnEmptyOneInEveryOperation() {
        fixture.createIndex(ORDERS, 1);
        SnapshotStore missing = fixture.storeOnMissingRepository();

        assertRefused(missing.verifyRepository(), Reason.REPOSITORY_MISSING);
        assertRefused(missing.createSnapshot(snapshot("a", ORDERS)), Reason.REPOSITORY_MISSING);
        assertRefused(missing.get("a"), Reason.REPOSITORY_MISSING);
        assertRefused(missing.progress("a"), Reason.REPOSITORY_MISSING);
        assertRefused(missing.list(List.of("*"), info -> {}), Reason.REPOSITORY_MISSING);
        assertRefused(missing.list(List.of("a*"), info -> {}), Reason.REPOSITORY_MISSING);
        assertRefused(missing.deleteSnapshot("a"), Reason.REPOSITORY_MISSING);
        assertRefused(missing.restore(RestoreRequest.builder("a").build()), Reason.REPOSITORY_MISSING);
    }

    @Test
    void refusesToVerifyARepositoryThatIsReadOnly() {
        assertRefused(fixture.storeOnReadOnlyRepository().verifyRepository(), Reason.REPOSITORY_READ_ONLY);
    }

    @Test
    void refusesToTakeASnapshotInARepositoryThatIsReadOnly() {
        fixture.createIndex(ORDERS, 1);

        assertRefused(
                fixture.storeOnReadOnlyRepository().createSnapshot(snapshot("a", ORDERS)), Reason.REPOSITORY_READ_ONLY);
    }

    // Taking snapshots

    @Test
    void takesASnapshotOfTheMatchingIndicesOnly() {
        fixture.createIndex("contract-orders-1", 3);
        fixture.createIndex("contract-orders-2", 2);
        fixture.createIndex(INVOICES, 1);

        SnapshotInfo taken = take(snapshot("a", "contract-orders-*"));

        assertThat(taken.state()).isEqualTo(SnapshotState.SUCCESS);
        assertThat(taken.indices()).containsExactlyInAnyOrder("contract-orders-1", "contract-orders-2");
        assertThat(taken.shardsTotal()).isGreaterThanOrEqualTo(2);
        assertThat(taken.shardsFailed()).isZero();
        assertThat(taken.failures()).isEmpty();
        assertThat(taken.startTime()).isPresent();
        assertThat(taken.endTime()).isPresent();
    }

    @Test
    void takesClosedIndicesAlong() {
        fixture.createIndex("contract-orders-1", 3);
        fixture.createIndex("contract-orders-2", 2);
        fixture.closeIndex("contract-orders-2");

        SnapshotInfo taken = take(snapshot("a", "contract-orders-*"));

        assertThat(taken.state()).isEqualTo(SnapshotState.SUCCESS);
        assertThat(taken.indices()).containsExactlyInAnyOrder("contract-orders-1", "contract-orders-2");
    }

    @Test
    void showsASnapshotAsSoonAsItIsAccepted() {
        fixture.createIndex(ORDERS, 3);
        await(store.createSnapshot(snapshot("a", ORDERS)));

        assertThat(await(store.progress("a"))).isPresent();
        assertThat(await(store.get("a"))).map(SnapshotInfo::name).contains("a");
        assertThat(names("a")).containsExactly("a");
    }

    @Test
    void describesSeveralSnapshotsAtOnceAndLeavesOutWhatIsNotThere() {
        fixture.createIndex("contract-orders-1", 1);
        fixture.createIndex("contract-orders-2", 1);
        SnapshotInfo first = take(snapshot("a", "contract-orders-1"));
        SnapshotInfo second = take(snapshot("b", "contract-orders-2"));

        Map<String, SnapshotInfo> both = await(store.getAll(List.of("a", "b")));

        assertThat(both).containsOnlyKeys("a", "b");
        assertThat(List.of(both.get("a"), both.get("b")))
                .extracting(SnapshotInfo::name, SnapshotInfo::uuid, SnapshotInfo::indices)
                .containsExactly(
                        tuple("a", first.uuid(), first.indices()), tuple("b", second.uuid(), second.indices()));
        assertThat(await(store.getAll(List.of("a", "none", "b")))).containsOnlyKeys("a", "b");
        assertThat(await(store.getAll(List.of()))).isEmpty();
    }

    @Test
    void tellsTheProgressOfASnapshotToItsEnd() {
        fixture.createIndex(ORDERS, 3);
        await(store.createSnapshot(snapshot("a", ORDERS)));

        SnapshotProgress end = awaitEnd("a");

        assertThat(end.state()).isEqualTo(SnapshotState.SUCCESS);
        assertThat(end.shardsTotal()).isPositive();
        assertThat(end.shardsDone()).isEqualTo(end.shardsTotal());
        assertThat(end.shardsFailed()).isZero();
        assertThat(end.bytesDone()).isEqualTo(end.bytesTotal());
    }

    @Test
    void keepsTheMetadataOfASnapshot() {
        fixture.createIndex(ORDERS, 1);
        Map<String, String> metadata = Map.of("backupId", "1700000000", "note", "Grüße, \"quoted\" \\ {x}");
        SnapshotRequest.Builder request = SnapshotRequest.builder("a").index(ORDERS);
        metadata.forEach(request::metadata);

        take(request.build());

        assertThat(await(store.get("a"))).map(SnapshotInfo::metadata).contains(metadata);
        assertThat(list("a")).extracting(SnapshotInfo::metadata).containsExactly(metadata);
    }

    @Test
    void refusesANameThatIsInUseAndLeavesThatSnapshotAlone() {
        fixture.createIndex(ORDERS, 1);
        SnapshotInfo first = take(snapshot("a", ORDERS));

        assertRefused(store.createSnapshot(snapshot("a", ORDERS)), Reason.NAME_IN_USE);

        assertThat(await(store.get("a"))).map(SnapshotInfo::uuid).contains(first.uuid());
    }

    @Test
    void refusesNamesThatTheEngineDoesNotAllow() {
        fixture.createIndex(ORDERS, 1);

        assertRefused(store.createSnapshot(snapshot("Upper", ORDERS)), Reason.NAME_INVALID);
        assertRefused(store.createSnapshot(snapshot("a b", ORDERS)), Reason.NAME_INVALID);
        assertRefused(store.createSnapshot(snapshot("a,b", ORDERS)), Reason.NAME_INVALID);
    }

    @Test
    void refusesToTakeASnapshotOfNothing() {
        fixture.createIndex(ORDERS, 1);

        assertRefused(store.createSnapshot(snapshot("a", "contract-misspelt-*")), Reason.NO_MATCHING_INDEX);
        assertRefused(store.createSnapshot(snapshot("a", "contract-misspelt")), Reason.NO_MATCHING_INDEX);

        assertThat(await(store.get("a"))).isEmpty();
    }

    @Test
    void takesASnapshotOfNothingIfThatIsAllowed() {
        SnapshotInfo taken = take(SnapshotRequest.builder("a")
                .index("contract-none-*")
                .allowEmpty()
                .build());

        assertThat(taken.state()).isEqualTo(SnapshotState.SUCCESS);
        assertThat(taken.indices()).isEmpty();
    }

    // Finding and deleting snapshots

    @Test
    void tellsThatASnapshotIsNotThere() {
        assertThat(await(store.get("a"))).isEmpty();
        assertThat(await(store.progress("a"))).isEmpty();
    }

    @Test
    void listsNothingInAnEmptyRepository() {
        assertThat(names("")).isEmpty();
        assertThat(names("a")).isEmpty();
    }

    @Test
    void listsByPrefixAndNotByLikeness() {
        fixture.createIndex(ORDERS, 1);
        List.of("x_17_part_1", "x_17_part_2", "x_170_part_1", "y_17_part_1")
                .forEach(name -> take(snapshot(name, ORDERS)));

        assertThat(names("x_17_")).containsExactlyInAnyOrder("x_17_part_1", "x_17_part_2");
        assertThat(names("x_17")).containsExactlyInAnyOrder("x_17_part_1", "x_17_part_2", "x_170_part_1");
        assertThat(names("17")).isEmpty();
        assertThat(names("")).hasSize(4);
    }

    @Test
    void listsWhatMatchesAnyPatternOnce() {
        fixture.createIndex(ORDERS, 1);
        List.of("x_17_part_1", "y_17", "y_170", "z_18").forEach(name -> take(snapshot(name, ORDERS)));
        List<String> patterns = List.of("*_17", "*_17_*", "x_*", "nothing_*");
        List<String> named = Collections.synchronizedList(new ArrayList<>());
        List<String> listed = Collections.synchronizedList(new ArrayList<>());

        await(store.listNames(patterns, named::add));
        await(store.list(patterns, info -> listed.add(info.name())));

        assertThat(named).containsExactlyInAnyOrder("x_17_part_1", "y_17");
        assertThat(listed).containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void listsNoNamesWhereThereAreNone() {
        fixture.createIndex(ORDERS, 1);
        List<String> named = Collections.synchronizedList(new ArrayList<>());

        await(store.listNames(List.of("*"), named::add));
        await(store.listNames(List.of("a*", "b*"), named::add));

        assertThat(named).isEmpty();
    }

    @Test
    void listsStatesButNotIndices() {
        fixture.createIndex(ORDERS, 1);
        take(snapshot("a", ORDERS));

        assertThat(list("a")).singleElement().satisfies(info -> {
            assertThat(info.state()).isEqualTo(SnapshotState.SUCCESS);
            assertThat(info.startTime()).isPresent();
            assertThat(info.indices()).isEmpty();
        });
    }

    @Test
    void failsAListingWithWhatTheConsumerThrows() {
        fixture.createIndex(ORDERS, 1);
        take(snapshot("a", ORDERS));
        take(snapshot("b", ORDERS));
        RuntimeException thrown = new UnsupportedOperationException("enough");
        List<String> seen = Collections.synchronizedList(new ArrayList<>());

        Throwable failure = awaitFailure(store.list(List.of("*"), info -> {
            seen.add(info.name());
            throw thrown;
        }));

        assertThat(failure).isSameAs(thrown);
        assertThat(seen).hasSize(1);
    }

    @Test
    void deletesOneSnapshotAndNoOther() {
        fixture.createIndex(ORDERS, 1);
        take(snapshot("x_17", ORDERS));
        take(snapshot("x_170", ORDERS));

        await(store.deleteSnapshot("x_17"));

        assertThat(names("")).containsExactly("x_170");
    }

    @Test
    void deletesWhatIsNotThereWithoutComplaint() {
        fixture.createIndex(ORDERS, 1);
        take(snapshot("a", ORDERS));

        await(store.deleteSnapshot("a"));
        await(store.deleteSnapshot("a"));

        assertThat(await(store.get("a"))).isEmpty();
    }

    @Test
    void deletesASnapshotThatWasJustBegun() {
        fixture.createIndex(ORDERS, 5);
        await(store.createSnapshot(snapshot("a", ORDERS)));

        await(store.deleteSnapshot("a"));

        assertThat(names("")).isEmpty();
    }

    @Test
    void refusesToDeleteSnapshotsByPattern() {
        for (String pattern : List.of("*", "a*", "a,b", "_all")) {
            assertThatIllegalArgumentException().as(pattern).isThrownBy(() -> store.deleteSnapshot(pattern));
        }
    }

    // Indices

    @Test
    void listsOpenAndClosedIndicesByPattern() {
        fixture.createIndex("contract-orders-1", 0);
        fixture.createIndex("contract-orders-2", 0);
        fixture.createIndex(INVOICES, 0);
        fixture.closeIndex("contract-orders-2");

        List<IndexInfo> found =
                await(store.listIndices(List.of("contract-orders-*", "contract-nothing-*", "contract-no")));

        assertThat(found)
                .extracting(IndexInfo::name)
                .containsExactlyInAnyOrder("contract-orders-1", "contract-orders-2");
        assertThat(found)
                .filteredOn(IndexInfo::open)
                .extracting(IndexInfo::name)
                .containsExactly("contract-orders-1");
        assertThat(await(store.listIndices(List.of()))).isEmpty();
    }

    @Test
    void listsHiddenIndicesOnlyWhereThePatternBeginsWithADot() {
        fixture.createIndex(".contract-hidden", 0);
        fixture.createIndex(ORDERS, 0);

        assertThat(indexNames("*")).contains(ORDERS).doesNotContain(".contract-hidden");
        assertThat(indexNames(".contract-*")).containsExactly(".contract-hidden");
    }

    @Test
    void doesNotListAnIndexForItsAlias() {
        fixture.createIndex(ORDERS, 0);
        fixture.addAlias(ORDERS, "contract-alias");

        assertThat(indexNames("contract-al*")).isEmpty();
        assertThat(indexNames("contract-alias")).isEmpty();
    }

    @Test
    void deletesTheNamedIndicesOnly() {
        fixture.createIndex("contract-a", 1);
        fixture.createIndex("contract-ab", 1);
        fixture.createIndex("contract-closed", 1);
        fixture.closeIndex("contract-closed");

        await(store.deleteIndices(List.of("contract-a", "contract-closed", "contract-nothing")));
        await(store.deleteIndices(List.of("contract-a")));
        await(store.deleteIndices(List.of()));

        assertThat(indexNames("contract-*")).containsExactly("contract-ab");
    }

    @Test
    void deletesMoreIndicesThanFitIntoOneRequestLine() {
        fixture.createIndex("contract-a", 0);
        List<String> many = new ArrayList<>(IntStream.range(0, 200)
                .mapToObj(i -> "contract-an-index-with-quite-a-long-name-that-does-not-exist-" + i)
                .toList());
        many.add("contract-a");

        await(store.deleteIndices(many));

        assertThat(indexNames("contract-*")).isEmpty();
    }

    @Test
    void refusesToDeleteIndicesByPattern() {
        fixture.createIndex(ORDERS, 1);

        for (String pattern :
                List.of("*", "contract-*", "contract-orders,contract-invoices", "_all", "-contract-x", "")) {
            assertThatIllegalArgumentException()
                    .as(pattern)
                    .isThrownBy(() -> store.deleteIndices(List.of("contract-nothing", pattern)));
        }

        assertThat(indexNames("contract-*")).containsExactly(ORDERS);
    }

    @Test
    void countsDocumentsOfTheIndicesThatCanBeSearched() {
        fixture.createIndex("contract-three", 3);
        fixture.createIndex("contract-none", 0);
        fixture.createIndex("contract-closed", 2);
        fixture.closeIndex("contract-closed");

        Map<String, Long> counts = await(store.documentCounts(
                List.of("contract-three", "contract-none", "contract-closed", "contract-nothing")));

        assertThat(counts).containsOnly(Map.entry("contract-three", 3L), Map.entry("contract-none", 0L));
        assertThat(await(store.documentCounts(List.of()))).isEmpty();
    }

    // Exported records, of stores that read them

    @Test
    void readsTheHighestPositionOfEachPartitionExactly() {
        store.exportedRecords().ifPresent(records -> {
            fixture.createRecordIndex("contract-record_job_1");
            fixture.createRecordIndex("contract-record_process_1");
            fixture.createRecordIndex("contract-records-of-others");
            fixture.addRecord("contract-record_job_1", new ExportedRecord(1, "JOB", 4271, 1, NOW));
            fixture.addRecord("contract-record_process_1", new ExportedRecord(1, "PROCESS", 4273, 1, NOW));
            fixture.addRecord("contract-record_job_1", new ExportedRecord(1, "JOB", 4272, 2, NOW));
            fixture.addRecord("contract-record_job_1", new ExportedRecord(3, "JOB", NO_DOUBLE, 1, NOW));
            fixture.addRecord("contract-records-of-others", new ExportedRecord(1, "JOB", 9000, 1, NOW));

            assertThat(await(records.highestPositions("contract-record_*")))
                    .containsExactly(Map.entry(1, 4273L), Map.entry(3, NO_DOUBLE));
        });
    }

    @Test
    void findsNoPositionsWhereThereAreNoRecords() {
        store.exportedRecords().ifPresent(records -> {
            assertThat(await(records.highestPositions("contract-record_*"))).isEmpty();
            assertThat(await(records.ranges("contract-record_*", Map.of(1, 5L))))
                    .isEmpty();
            assertThat(await(records.count("contract-record_*", 1, 0, 5, Optional.empty())))
                    .isZero();

            fixture.createRecordIndex("contract-record_job_1");

            assertThat(await(records.highestPositions("contract-record_*"))).isEmpty();
            assertThat(await(records.ranges("contract-record_*", Map.of(1, 5L))))
                    .isEmpty();
        });
    }

    @Test
    void tellsTheNumbersOfRecordsByPartitionAndValueTypeUpToAPosition() {
        store.exportedRecords().ifPresent(records -> {
            fixture.createRecordIndex("contract-record_job_1");
            fixture.createRecordIndex("contract-record_job_2");
            long base = NO_DOUBLE - 1;
            fixture.addRecord("contract-record_job_1", new ExportedRecord(4, "JOB", 10, base + 1, NOW));
            fixture.addRecord("contract-record_job_2", new ExportedRecord(4, "JOB", 14, base + 5, NOW));
            fixture.addRecord("contract-record_job_2", new ExportedRecord(4, "JOB", 15, base + 6, NOW));
            fixture.addRecord("contract-record_job_1", new ExportedRecord(4, "PROCESS", 11, base + 1, NOW));
            fixture.addRecord("contract-record_job_1", new ExportedRecord(5, "JOB", 10, 1, NOW));

            assertThat(await(records.ranges("contract-record_*", Map.of(4, 14L, 9, 14L))))
                    .containsExactlyInAnyOrder(
                            new RecordRange(4, "JOB", 2, base + 1, base + 5),
                            new RecordRange(4, "PROCESS", 1, base + 1, base + 1));
            assertThat(await(records.ranges("contract-record_*", Map.of()))).isEmpty();
        });
    }

    @Test
    void countsTheRecordsOfAPartitionAboveOnePositionAndUpToAnother() {
        store.exportedRecords().ifPresent(records -> {
            fixture.createRecordIndex("contract-record_job_1");
            for (int i = 1; i <= 4; i++) {
                fixture.addRecord("contract-record_job_1", new ExportedRecord(1, "JOB", i, i, NOW + i));
            }
            fixture.addRecord("contract-record_job_1", new ExportedRecord(2, "JOB", 3, 1, NOW));

            assertThat(await(records.count("contract-record_*", 1, 1, 4, Optional.empty())))
                    .isEqualTo(3);
            assertThat(await(records.count("contract-record_*", 1, 1, 4, Optional.of(Instant.ofEpochMilli(NOW + 3)))))
                    .isEqualTo(2);
        });
    }

    // Restoring

    @Test
    void restoresWhatWasThereWhenTheSnapshotWasTaken() {
        fixture.createIndex(ORDERS, 3);
        fixture.createIndex(INVOICES, 2);
        fixture.addAlias(ORDERS, "contract-alias");
        take(snapshot("a", "contract-*"));
        await(store.deleteIndices(List.of(ORDERS, INVOICES)));

        await(store.restore(RestoreRequest.builder("a").build()));
        awaitRestored(ORDERS, INVOICES);

        assertThat(await(store.documentCounts(List.of(ORDERS, INVOICES))))
                .containsOnly(Map.entry(ORDERS, 3L), Map.entry(INVOICES, 2L));
        assertThat(fixture.hasAlias(ORDERS, "contract-alias")).isTrue();
    }

    @Test
    void doesNotRestoreWhatWasWrittenAfterTheSnapshot() {
        fixture.createIndex(ORDERS, 3);
        take(snapshot("a", ORDERS));
        await(store.deleteIndices(List.of(ORDERS)));
        fixture.createIndex(ORDERS, 7);
        await(store.deleteIndices(List.of(ORDERS)));

        await(store.restore(RestoreRequest.builder("a").build()));
        awaitRestored(ORDERS);

        assertThat(await(store.documentCounts(List.of(ORDERS)))).containsOnly(Map.entry(ORDERS, 3L));
    }

    @Test
    void restoresSomeOfTheIndices() {
        fixture.createIndex(ORDERS, 3);
        fixture.createIndex(INVOICES, 2);
        take(snapshot("a", "contract-*"));
        await(store.deleteIndices(List.of(ORDERS, INVOICES)));

        await(store.restore(RestoreRequest.builder("a").index(INVOICES).build()));
        awaitRestored(INVOICES);

        assertThat(indexNames("contract-*")).containsExactly(INVOICES);
    }

    @Test
    void restoresUnderAnotherNameBesideTheOriginalAndWithoutItsAliases() {
        fixture.createIndex(ORDERS, 3);
        fixture.addAlias(ORDERS, "contract-alias");
        take(snapshot("a", ORDERS));

        await(store.restore(RestoreRequest.builder("a")
                .rename("contract-(.+)", "contract-scratch-$1")
                .build()));
        awaitRestored("contract-scratch-orders");

        assertThat(await(store.documentCounts(List.of(ORDERS, "contract-scratch-orders"))))
                .containsOnly(Map.entry(ORDERS, 3L), Map.entry("contract-scratch-orders", 3L));
        assertThat(fixture.hasAlias("contract-scratch-orders", "contract-alias"))
                .isFalse();
        assertThat(fixture.hasAlias(ORDERS, "contract-alias")).isTrue();
    }

    @Test
    void refusesToRestoreOverAnOpenIndex() {
        fixture.createIndex(ORDERS, 3);
        take(snapshot("a", ORDERS));

        assertRefused(store.restore(RestoreRequest.builder("a").build()), Reason.INDEX_IN_THE_WAY);

        assertThat(await(store.documentCounts(List.of(ORDERS)))).containsOnly(Map.entry(ORDERS, 3L));
    }

    @Test
    void refusesToRestoreASnapshotThatIsNotThere() {
        assertRefused(store.restore(RestoreRequest.builder("a").build()), Reason.SNAPSHOT_MISSING);
    }

    @Test
    void restoresAnEmptySnapshotWithoutComplaint() {
        take(SnapshotRequest.builder("a").index("contract-none-*").allowEmpty().build());

        await(store.restore(RestoreRequest.builder("a").build()));

        assertThat(indexNames("contract-*")).isEmpty();
    }

    @Test
    void countsAnIndexThatDoesNotExistAsNotRestored() {
        fixture.createIndex(ORDERS, 1);

        RestoreProgress progress = await(store.restoreProgress(List.of(ORDERS, "contract-nothing")));

        assertThat(progress.indicesMissing()).isEqualTo(1);
        assertThat(progress.isComplete()).isFalse();
    }

    @Test
    void needsNothingForNoIndices() {
        assertThat(await(store.restoreProgress(List.of())).isComplete()).isTrue();
    }

    @Test
    void claimsNoIndexAsRestoredThatDoesNotComeFromASnapshotUnderItsName() {
        fixture.createIndex(ORDERS, 3);
        fixture.createIndex(INVOICES, 2);
        take(snapshot("a", "contract-*"));
        await(store.deleteIndices(List.of(ORDERS)));
        await(store.restore(RestoreRequest.builder("a").index(ORDERS).build()));
        awaitRestored(ORDERS);
        await(store.restore(RestoreRequest.builder("a")
                .index(INVOICES)
                .rename("contract-(.+)", "contract-scratch-$1")
                .build()));
        awaitRestored("contract-scratch-invoices");

        assertThat(await(store.restoredIndices(
                        List.of(ORDERS, INVOICES, "contract-scratch-invoices", "contract-nothing"))))
                .as("a store that cannot tell knows of none")
                .isIn(Map.of(), Map.of(ORDERS, "a"));
    }

    @Test
    void tellsADataNodeIfItTellsWhatARestoreMeets() {
        await(store.restoreTarget())
                .ifPresent(target -> assertThat(target.dataNodes()).isPositive());
    }

    @Test
    void lacksPoliciesThatNobodyHasMadeIfItCanSay() {
        assertThat(await(store.missingPolicies(List.of()))).isEmpty();
        assertThat(await(store.missingPolicies(List.of("contract-no-such-policy"))))
                .isIn(List.of(), List.of("contract-no-such-policy"));
    }

    @Test
    void raisesTheLimitsOfRestoresAndPutsThemBackIfItCan() {
        store.restoreThrottles().ifPresent(throttles -> {
            await(throttles.putBack());
            RestoreThrottles.Limits before = await(throttles.limits());
            assertThat(before.raised()).isNotEmpty();
            try {
                assertThat(await(throttles.raise("the contract"))).isTrue();
                assertThat(await(throttles.raise("another restore"))).isFalse();
                assertThat(await(throttles.limits()).raised()).hasSameSizeAs(before.raised());
            } finally {
                RestoreThrottles.PutBack done = await(throttles.putBack());
                assertThat(done.by()).isEqualTo("the contract");
                assertThat(done.done()).hasSameSizeAs(before.raised());
                assertThat(done.left()).isEmpty();
            }
            assertThat(await(throttles.limits())).isEqualTo(before);
            assertThat(await(throttles.putBack())).isEqualTo(RestoreThrottles.PutBack.nothing());
        });
    }

    // The end

    @Test
    void canBeClosedTwice() {
        store.close();
        store.close();
    }

    private static SnapshotRequest snapshot(String name, String pattern) {
        return SnapshotRequest.builder(name).index(pattern).build();
    }

    private SnapshotInfo take(SnapshotRequest request) {
        await(store.createSnapshot(request));
        awaitEnd(request.name());
        return await(store.get(request.name())).orElseThrow();
    }

    private SnapshotProgress awaitEnd(String snapshot) {
        return poll(
                        "the end of " + snapshot,
                        () -> store.progress(snapshot),
                        progress -> progress.map(SnapshotProgress::state)
                                .filter(SnapshotState::isTerminal)
                                .isPresent())
                .orElseThrow();
    }

    private void awaitRestored(String... indices) {
        RestoreProgress end = poll(
                "the restore of " + List.of(indices),
                () -> store.restoreProgress(List.of(indices)),
                RestoreProgress::isComplete);
        assertThat(end.shardsTotal()).isGreaterThanOrEqualTo(indices.length);
        assertThat(end.bytesDone()).isEqualTo(end.bytesTotal());
    }

    private List<SnapshotInfo> list(String prefix) {
        List<SnapshotInfo> found = Collections.synchronizedList(new ArrayList<>());
        await(store.list(List.of(prefix + "*"), found::add));
        return found;
    }

    private List<String> names(String prefix) {
        return list(prefix).stream().map(SnapshotInfo::name).toList();
    }

    private List<String> indexNames(String pattern) {
        return await(store.listIndices(List.of(pattern))).stream()
                .map(IndexInfo::name)
                .toList();
    }
}
