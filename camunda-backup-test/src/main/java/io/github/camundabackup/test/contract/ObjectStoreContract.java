package io.github.camundabackup.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camundabackup.bucket.ObjectPage;
import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.bucket.StoredObject;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link ObjectStore}, as tests. To check one, extend this class in the tests of the implementation:
 *
 * <pre>{@code
 * class MyObjectStoreTest extends ObjectStoreContract {
 *     @Override
 *     protected ObjectStoreFixture createFixture() {
 *         return new MyFixture();
 *     }
 * }
 * }</pre>
 *
 * Best run against the real store: an emulator repeats its author's mistakes.
 */
public abstract class ObjectStoreContract {
    /** More than two of the pages of 1000 objects that most stores give. */
    private static final int MANY = 2101;

    private static final int AT_ONCE = 8;

    /** More than any library reads ahead. */
    private static final int LARGE = 4 * 1024 * 1024;

    private static final byte[] SOMETHING = bytes("something");

    private ObjectStoreFixture fixture;
    private ObjectStore store;

    /** For subclasses. */
    protected ObjectStoreContract() {}

    /** Makes the surroundings of one test; called before each. The test closes them. */
    protected abstract ObjectStoreFixture createFixture();

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

    // Listing all objects below a prefix

    @Test
    void anEmptyPlaceHasNoObjectsAndNoFolders() {
        assertThat(keys("")).isEmpty();
        assertThat(folder("").objects()).isEmpty();
        assertThat(folder("").folders()).isEmpty();
    }

    @Test
    void listsAllObjectsOverManyPagesEachOnceAndInOrder() {
        List<String> written = IntStream.range(0, MANY)
                .mapToObj(i -> "many/" + i % 7 + "/" + i + ".sst")
                .toList();
        put(written);

        assertThat(keys("many/")).containsExactlyElementsOf(sorted(written));
        assertThat(keys("")).containsExactlyElementsOf(sorted(written));
    }

    @Test
    void noPageIsEndless() {
        put(IntStream.range(0, MANY).mapToObj(i -> "many/" + i).toList());

        ObjectPage first = store.list("many/", Optional.empty());

        assertThat(first.next()).isPresent();
        assertThat(first.objects()).hasSizeLessThan(MANY);
        assertThat(store.list("many/", Optional.empty()).objects())
                .as("a page is given again")
                .isEqualTo(first.objects());
    }

    @Test
    void keysAreOrderedByTheirBytesNotByFolders() {
        List<String> written = new ArrayList<>(List.of(
                "a/c", "a/b/d", "a-b", "a-b-c/d", "a.b", "a0", "ab", "A", "ä/ö", "ä-ö", "✓/1", "z z", "a+b", "a=b",
                "a%2Fb", "10/1", "2/1", "1-1-1", "1/1/1"));
        if (fixture.namesMayBeFoldersToo()) {
            written.add("a");
        }
        put(written);

        assertThat(keys("")).containsExactlyElementsOf(sorted(written));
    }

    @Test
    void aPrefixNeedNotEndAtAFolder() {
        put(List.of("backups/1/1/10/a", "backups/1/1/100/a", "backups/1/11/10/a", "backups/2/1/10/a"));

        assertThat(keys("backups/1/1")).containsExactly("backups/1/1/10/a", "backups/1/1/100/a", "backups/1/11/10/a");
        assertThat(keys("backups/1/1/10/")).containsExactly("backups/1/1/10/a");
        assertThat(keys("backups/1/1/10/a")).containsExactly("backups/1/1/10/a");
        assertThat(keys("backups/1/1/10/b")).isEmpty();
        assertThat(keys("backups/1/1/10/a/")).isEmpty();
        assertThat(keys("backup")).hasSize(4);
        assertThat(keys("nothing/")).isEmpty();
    }

    @Test
    void aPrefixIsNoPattern() {
        put(List.of("a*b/1", "aXb/1", "a?b/1", "[a]/1"));

        assertThat(keys("a*b/")).containsExactly("a*b/1");
        assertThat(keys("a?")).containsExactly("a?b/1");
        assertThat(keys("[a]")).containsExactly("[a]/1");
    }

    @Test
    void aListingHasTheSizes() {
        fixture.put("empty", new byte[0]);
        fixture.put("large", new byte[70_000]);

        assertThat(all(page -> store.list("", page)))
                .extracting(StoredObject::size)
                .containsExactly(0L, 70_000L);
    }

    @Test
    void whatWasDeletedIsNotListed() {
        put(List.of("a", "b", "c"));
        fixture.delete("b");

        assertThat(keys("")).containsExactly("a", "c");
    }

    @Test
    void aListingGoesOnWhenWhatAPageEndedWithIsDeletedMeanwhile() {
        List<String> written =
                IntStream.range(0, MANY).mapToObj(i -> "many/" + i).toList();
        put(written);

        ObjectPage first = store.list("many/", Optional.empty());
        fixture.delete(first.objects().get(first.objects().size() - 1).key());
        List<String> found =
                new ArrayList<>(first.objects().stream().map(StoredObject::key).toList());
        Optional<String> next = first.next();
        while (next.isPresent()) {
            ObjectPage page = store.list("many/", next);
            page.objects().forEach(object -> found.add(object.key()));
            next = page.next();
        }

        assertThat(found).containsExactlyElementsOf(sorted(written));
    }

    // Listing a folder

    @Test
    void aFolderHasItsObjectsAndTheFoldersInIt() {
        put(List.of("f/a", "f/b/c", "f/b/d/e", "f/g/h", "f/z", "g/a", "f-2/a"));

        ObjectPage contents = folder("f/");

        assertThat(contents.objects()).extracting(StoredObject::key).containsExactly("f/a", "f/z");
        assertThat(contents.folders()).containsExactlyInAnyOrder("f/b/", "f/g/");
        assertThat(folder("").folders()).containsExactlyInAnyOrder("f/", "f-2/", "g/");
        assertThat(folder("f/b/d/").folders()).isEmpty();
        assertThat(folder("missing/").folders()).isEmpty();
    }

    @Test
    void aFolderWithManyFoldersAndObjectsIsListedWhole() {
        List<String> objects = IntStream.range(0, 1100).mapToObj(i -> "f/o" + i).toList();
        List<String> folders =
                IntStream.range(0, 1100).mapToObj(i -> "f/d" + i + "/").toList();
        put(objects);
        put(folders.stream().map(key -> key + "x").toList());

        ObjectPage contents = folder("f/");

        assertThat(contents.objects()).extracting(StoredObject::key).containsExactlyElementsOf(sorted(objects));
        assertThat(contents.folders()).containsExactlyInAnyOrderElementsOf(folders);
    }

    // One object

    @Test
    void looksForOneObject() {
        fixture.put("f/✓ ä.json", SOMETHING);

        assertThat(store.head("f/✓ ä.json")).hasValueSatisfying(object -> {
            assertThat(object.key()).isEqualTo("f/✓ ä.json");
            assertThat(object.size()).isEqualTo(SOMETHING.length);
        });
        assertThat(store.head("f/missing")).isEmpty();
        assertThat(store.head("f")).isEmpty();
        assertThat(store.head("f/✓ ä.json/x")).isEmpty();
    }

    @Test
    void readsAnObject() throws IOException {
        byte[] large = new byte[LARGE];
        for (int i = 0; i < LARGE; i++) {
            large[i] = (byte) (i * 31 + i / 256);
        }
        fixture.put("large", large);
        fixture.put("empty", new byte[0]);
        fixture.put("f/✓ ä+%20.json", SOMETHING);

        assertThat(read("large")).isEqualTo(large);
        assertThat(read("empty")).isEmpty();
        assertThat(read("f/✓ ä+%20.json")).isEqualTo(SOMETHING);
    }

    @Test
    void aMissingObjectIsNotThereToBeRead() {
        put(List.of("f/a"));

        assertRefused(() -> store.open("f/missing"), Reason.OBJECT_MISSING, "f/missing");
        assertRefused(() -> store.open("f"), Reason.OBJECT_MISSING, "f");
        assertRefused(() -> store.open("f/a/b"), Reason.OBJECT_MISSING, "f/a/b");
    }

    @Test
    void whoeverHasReadEnoughClosesAndGoesOn() throws IOException {
        fixture.put("large", new byte[LARGE]);

        // More than there are connections in any library's pool.
        for (int i = 0; i < 60; i++) {
            try (InputStream contents = store.open("large")) {
                assertThat(contents.read()).isZero();
            }
        }

        assertThat(store.head("large")).isPresent();
    }

    @Test
    void manyAskAtOnce() {
        IntStream.range(0, 32).forEach(i -> fixture.put("f/" + i, bytes("contents " + i)));

        List<String> read = atOnce(
                IntStream.range(0, 32).boxed().toList(), i -> new String(read("f/" + i), StandardCharsets.UTF_8));

        assertThat(read)
                .containsExactlyElementsOf(
                        IntStream.range(0, 32).mapToObj(i -> "contents " + i).toList());
    }

    // The place

    @Test
    void nothingBesideThePlaceIsSeen() {
        put(List.of("a"));
        fixture.putBeside("-2/b", SOMETHING);
        fixture.putBeside("-c", SOMETHING);

        assertThat(keys("")).containsExactly("a");
        assertThat(folder("").folders()).isEmpty();
        assertThat(keys("-2/")).isEmpty();
        assertThat(store.head("-2/b")).isEmpty();
        assertThat(keys("../")).isEmpty();
        assertThat(store.head("../a")).isEmpty();
        assertRefused(() -> store.open("../a"), Reason.OBJECT_MISSING, "../a");
    }

    @Test
    void aMissingBucketIsToldFromAnEmptyOne() {
        ObjectStore missing = fixture.storeOnMissingBucket();
        String place = missing.description();

        assertRefused(() -> missing.list("", Optional.empty()), Reason.BUCKET_MISSING, place);
        assertRefused(() -> missing.list("a", Optional.empty()), Reason.BUCKET_MISSING, place);
        assertRefused(() -> missing.listFolder("", Optional.empty()), Reason.BUCKET_MISSING, place);
        assertRefused(() -> missing.open("a"), Reason.BUCKET_MISSING, place);
    }

    /** Most stores do not tell the two apart when they are asked for one object's head. */
    @Test
    void inAMissingBucketNoObjectIsFound() {
        ObjectStore missing = fixture.storeOnMissingBucket();

        try {
            assertThat(missing.head("a")).isEmpty();
        } catch (ObjectStoreException e) {
            assertThat(e.reason()).isEqualTo(Reason.BUCKET_MISSING);
        }
    }

    @Test
    void describesItselfWithoutSecrets() {
        assertThat(store.description()).isNotBlank().doesNotContain(fixture.secret());
        assertThat(store.toString()).doesNotContain(fixture.secret());
        assertThat(fixture.storeOnMissingBucket().description()).isNotEqualTo(store.description());
    }

    // The end

    @Test
    void closingTwiceDoesNothing() {
        put(List.of("a"));
        assertThat(keys("")).containsExactly("a");

        store.close();
        store.close();
    }

    @Test
    void whoeverIsInterruptedGetsNoAnswerAndStaysInterrupted() {
        put(List.of("a"));

        assertInterrupted(() -> store.list("", Optional.empty()));
        assertInterrupted(() -> store.listFolder("", Optional.empty()));
        assertInterrupted(() -> store.head("a"));
        assertInterrupted(() -> store.open("a"));

        assertThat(keys("")).containsExactly("a");
    }

    @Test
    void anInterruptedReaderReadsNoFurther() throws IOException {
        fixture.put("large", new byte[LARGE]);

        try (InputStream contents = store.open("large")) {
            assertThat(contents.read()).isZero();
            Thread.currentThread().interrupt();
            try {
                assertThatExceptionOfType(IOException.class).isThrownBy(contents::readAllBytes);
            } finally {
                assertThat(Thread.interrupted()).as("stays interrupted").isTrue();
            }
        }

        assertThat(store.head("large")).isPresent();
    }

    private void assertInterrupted(ThrowingCallable question) {
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(ObjectStoreException.class)
                    .isThrownBy(question)
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.OTHER))
                    .withMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).as("stays interrupted").isTrue();
        }
    }

    private static void assertRefused(ThrowingCallable question, Reason reason, String named) {
        assertThatExceptionOfType(ObjectStoreException.class)
                .isThrownBy(question)
                .withMessageContaining(named)
                .satisfies(e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
    }

    private void put(Collection<String> keys) {
        atOnce(keys, key -> {
            fixture.put(key, SOMETHING);
            return key;
        });
    }

    /** On threads of their own: some libraries need the common pool themselves, and wait for ever if it is taken. */
    private static <T, R> List<R> atOnce(Collection<T> subjects, Task<T, R> task) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<R>> running = subjects.stream()
                    .map(subject -> threads.submit(() -> task.run(subject)))
                    .toList();
            List<R> results = new ArrayList<>();
            for (Future<R> each : running) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
    }

    @FunctionalInterface
    private interface Task<T, R> {
        R run(T subject) throws IOException;
    }

    private byte[] read(String key) throws IOException {
        try (InputStream contents = store.open(key)) {
            return contents.readAllBytes();
        }
    }

    private List<String> keys(String prefix) {
        return all(page -> store.list(prefix, page)).stream()
                .map(StoredObject::key)
                .toList();
    }

    private static List<StoredObject> all(Function<Optional<String>, ObjectPage> listing) {
        return pages(listing).stream().flatMap(page -> page.objects().stream()).toList();
    }

    /** All pages of a folder as one. */
    private ObjectPage folder(String folder) {
        List<ObjectPage> pages = pages(page -> store.listFolder(folder, page));
        return new ObjectPage(
                pages.stream().flatMap(page -> page.objects().stream()).toList(),
                pages.stream().flatMap(page -> page.folders().stream()).toList(),
                Optional.empty());
    }

    private static List<ObjectPage> pages(Function<Optional<String>, ObjectPage> listing) {
        return Stream.iterate(
                        Optional.of(listing.apply(Optional.empty())),
                        Optional::isPresent,
                        page -> page.flatMap(ObjectPage::next).map(next -> listing.apply(Optional.of(next))))
                .map(Optional::get)
                .toList();
    }

    private static List<String> sorted(List<String> keys) {
        return keys.stream()
                .sorted((one, other) -> Arrays.compareUnsigned(bytes(one), bytes(other)))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
