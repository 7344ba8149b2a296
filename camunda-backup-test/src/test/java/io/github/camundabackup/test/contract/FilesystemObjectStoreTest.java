package io.github.camundabackup.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camundabackup.bucket.FilesystemObjectStore;
import io.github.camundabackup.bucket.ObjectPage;
import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.bucket.StoredObject;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesystemObjectStoreTest extends ObjectStoreContract {
    private static final byte[] SOMETHING = {1, 2, 3};

    @TempDir
    private Path parent;

    @Override
    protected ObjectStoreFixture createFixture() {
        Path root = write(root().resolve("a-file-that-makes-the-directory"), SOMETHING);
        delete(root);
        return new Directory(root());
    }

    @Test
    void tellsWhenAFileWasWritten() throws IOException {
        Instant written = Instant.parse("2026-11-28T01:02:03Z");
        Files.setLastModifiedTime(write(root().resolve("a"), SOMETHING), FileTime.from(written));

        assertThat(store().head("a"))
                .hasValueSatisfying(object -> assertThat(object.modifiedAt()).contains(written));
    }

    @Test
    void followsNoLinkNeitherOutNorWithin() throws IOException {
        write(parent.resolve("outside/secret"), SOMETHING);
        write(root().resolve("real/a"), SOMETHING);
        Files.createSymbolicLink(root().resolve("out"), parent.resolve("outside"));
        Files.createSymbolicLink(root().resolve("secret"), parent.resolve("outside/secret"));
        Files.createSymbolicLink(root().resolve("within"), Path.of("real"));
        Files.createSymbolicLink(root().resolve("real/b"), Path.of("a"));
        Files.createSymbolicLink(root().resolve("circle"), Path.of("."));
        Files.createSymbolicLink(root().resolve("dangling"), Path.of("nowhere"));

        assertThat(keys("")).containsExactly("real/a");
        assertThat(store().listFolder("", Optional.empty())).satisfies(page -> {
            assertThat(page.folders()).containsExactly("real/");
            assertThat(page.objects()).isEmpty();
        });
        assertThat(keys("out/")).isEmpty();
        assertThat(store().listFolder("out/", Optional.empty()).objects()).isEmpty();
        for (String key : List.of("out/secret", "secret", "within/a", "real/b", "circle/real/a", "dangling")) {
            assertThat(store().head(key)).as(key).isEmpty();
            assertMissing(key);
        }
    }

    @Test
    void theDirectoryItselfMayBeALink() throws IOException {
        write(root().resolve("a"), SOMETHING);
        Path link = Files.createSymbolicLink(parent.resolve("link"), root());

        assertThat(FilesystemObjectStore.of(link).list("", Optional.empty()).objects())
                .extracting(StoredObject::key)
                .containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../beside",
                "f/../a",
                "f/./a",
                "./a",
                "/a",
                "//a",
                "f//a",
                "a/",
                "f/",
                "f",
                "",
                "/",
                ".",
                "..",
                "a\0b"
            })
    void aKeyThatIsNoneNamesNothing(String key) {
        write(parent.resolve("beside"), SOMETHING);
        write(root().resolve("a"), SOMETHING);
        write(root().resolve("f/a"), SOMETHING);

        assertThat(store().head(key)).isEmpty();
        assertMissing(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../", "../zeebe/", "f/../", "./", "/", "f//", "f/./", "a/"})
    void aFolderThatIsNoneIsEmpty(String folder) {
        write(parent.resolve("beside"), SOMETHING);
        write(root().resolve("a"), SOMETHING);
        write(root().resolve("f/a"), SOMETHING);

        assertThat(keys(folder)).isEmpty();
        ObjectPage page = store().listFolder(folder, Optional.empty());
        assertThat(page.objects()).isEmpty();
        assertThat(page.folders()).isEmpty();
    }

    @Test
    void aMissingDirectoryIsSaidToBeSoWithWhatToLookAt() {
        assertThatExceptionOfType(ObjectStoreException.class)
                .isThrownBy(() ->
                        FilesystemObjectStore.of(parent.resolve("missing")).list("", Optional.empty()))
                .withMessageContaining(parent.resolve("missing").toString())
                .withMessageContaining("mounted");
        write(parent.resolve("file"), SOMETHING);
        assertThatExceptionOfType(ObjectStoreException.class)
                .isThrownBy(
                        () -> FilesystemObjectStore.of(parent.resolve("file")).head("a"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BUCKET_MISSING));
    }

    /** Files of the kernel are refused to root, too, whom permissions do not stop. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whatCannotBeReadIsNotTakenForEmpty() throws IOException {
        ObjectStore process = FilesystemObjectStore.of(Path.of("/proc/self"));

        try (InputStream memory = process.open("mem")) {
            assertThatExceptionOfType(IOException.class).isThrownBy(memory::readAllBytes);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsNoFileIsNoObject() {
        ObjectStore devices = FilesystemObjectStore.of(Path.of("/dev"));

        assertThat(devices.head("null")).isEmpty();
        assertThatExceptionOfType(ObjectStoreException.class)
                .isThrownBy(() -> devices.open("zero"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.OBJECT_MISSING));
    }

    @Test
    void deepTreesAreListed() {
        String deep = "d/".repeat(300);
        write(root().resolve(deep + "a"), SOMETHING);
        write(root().resolve("e"), SOMETHING);

        assertThat(keys("")).containsExactly(deep + "a", "e");
        assertThat(keys(deep)).containsExactly(deep + "a");
    }

    @Test
    void emptyDirectoriesAreFoldersWithoutObjects() throws IOException {
        Files.createDirectories(root().resolve("empty/deeper"));

        assertThat(keys("")).isEmpty();
        assertThat(store().listFolder("", Optional.empty()).folders()).containsExactly("empty/");
    }

    /** UTF-16, in which Java compares, has another order: there the second of these is the smaller one. */
    @Test
    void theOrderIsThatOfBytesAlsoBeyondTheFirstPlane() {
        write(root().resolve("\uFF5E"), SOMETHING);
        write(root().resolve("\uD83D\uDE00"), SOMETHING);

        assertThat(keys("")).containsExactly("\uFF5E", "\uD83D\uDE00");
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1000, 1001, 2000, 2001})
    void pagesMayEndAnywhere(int count) {
        List<String> written = IntStream.range(0, count)
                .mapToObj(i -> switch (i % 4) {
                    case 0 -> "a/" + i / 40 + "/x/" + i;
                    case 1 -> "a-/" + i;
                    case 2 -> "a." + i;
                    default -> "a/" + i / 400 + "-" + i;
                })
                .toList();
        written.forEach(key -> write(root().resolve(key), SOMETHING));

        assertThat(keys(""))
                .containsExactlyElementsOf(written.stream()
                        .sorted((one, other) -> Arrays.compareUnsigned(
                                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)))
                        .toList());
        ObjectPage first = store().list("", Optional.empty());
        assertThat(first.objects()).hasSize(Math.min(count, 1000));
        assertThat(first.next().isPresent()).as("there is more").isEqualTo(count > 1000);
    }

    @Test
    void aPageGoesOnWhenTheFolderInWhichTheLastOneEndedIsGone() {
        IntStream.range(0, 600).forEach(i -> write(root().resolve("a/" + i), SOMETHING));
        List<String> ofB = IntStream.range(0, 600).mapToObj(i -> "b/" + i).toList();
        ofB.forEach(key -> write(root().resolve(key), SOMETHING));
        write(root().resolve("c"), SOMETHING);
        Optional<String> next = store().list("", Optional.empty()).next();

        ofB.forEach(key -> delete(root().resolve(key)));
        delete(root().resolve("b"));

        assertThat(store().list("", next).objects())
                .extracting(StoredObject::key)
                .containsExactly("c");
    }

    private static void assertMissing(ObjectStore store, String key) {
        assertThatExceptionOfType(ObjectStoreException.class)
                .isThrownBy(() -> store.open(key))
                .satisfies(e -> assertThat(e.reason()).as(key).isEqualTo(Reason.OBJECT_MISSING));
    }

    private void assertMissing(String key) {
        assertMissing(store(), key);
    }

    private List<String> keys(String prefix) {
        List<String> keys = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            ObjectPage page = store().list(prefix, next);
            page.objects().forEach(object -> keys.add(object.key()));
            next = page.next();
        } while (next.isPresent());
        return keys;
    }

    private ObjectStore store() {
        return FilesystemObjectStore.of(root());
    }

    private Path root() {
        return parent.resolve("zeebe");
    }

    private static Path write(Path file, byte[] contents) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, contents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory is deleted by JUnit. */
    private record Directory(Path root) implements ObjectStoreFixture {
        @Override
        public ObjectStore store() {
            return FilesystemObjectStore.of(root);
        }

        @Override
        public ObjectStore storeOnMissingBucket() {
            return FilesystemObjectStore.of(root.resolveSibling("missing"));
        }

        @Override
        public void put(String key, byte[] contents) {
            write(root.resolve(key), contents);
        }

        @Override
        public void delete(String key) {
            FilesystemObjectStoreTest.delete(root.resolve(key));
        }

        @Override
        public void putBeside(String suffix, byte[] contents) {
            write(root.resolveSibling(root.getFileName() + suffix), contents);
        }

        @Override
        public boolean namesMayBeFoldersToo() {
            return false;
        }

        @Override
        public String secret() {
            return "A directory has none.";
        }

        @Override
        public void close() {
            // There is nothing to free.
        }
    }
}
