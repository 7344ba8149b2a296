package io.github.camundabackup.internal.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camundabackup.bucket.ObjectPage;
import io.github.camundabackup.bucket.StoredObject;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketFolderTest {
    private final ScriptedBucket bucket = new ScriptedBucket();
    private final BucketFolder folder = new BucketFolder(bucket, "/one/two//", "bucket of the test");

    @AfterEach
    void end() {
        bucket.goOn.countDown();
        folder.close();
    }

    @Test
    void keysAreRelativeAndMarksOfTheFolderItselfAreNoObjects() {
        bucket.page = new ObjectPage(
                List.of(StoredObject.of("one/two/", 0), StoredObject.of("one/two/a", 1)),
                List.of("one/two/f/"),
                Optional.of("next"));

        ObjectPage page = folder.list("", Optional.empty());

        assertThat(bucket.asked).isEqualTo("one/two/");
        assertThat(page.objects()).extracting(StoredObject::key).containsExactly("a");
        assertThat(page.folders()).containsExactly("f/");
        assertThat(page.next()).contains("next");
        assertThat(folder.description()).isEqualTo("bucket of the test, folder one/two/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../a", "a/../../b", "./a", "a/."})
    void nothingThatLeadsOutIsAskedFor(String key) {
        assertThat(folder.list(key, Optional.empty()).objects()).isEmpty();
        assertThat(folder.listFolder(key, Optional.empty()).folders()).isEmpty();
        assertThat(folder.head(key)).isEmpty();
        assertThatExceptionOfType(ObjectStoreException.class)
                .isThrownBy(() -> folder.open(key))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.OBJECT_MISSING));
        assertThat(bucket.asked).isEqualTo("nothing");
    }

    @Test
    void whoWaitsForALibraryThatNoticesNothingCanBeInterrupted() {
        bucket.hangs = true;
        interruptWhenAsked();

        assertThatExceptionOfType(ObjectStoreException.class)
                .isThrownBy(() -> folder.head("a"))
                .withMessageContaining("interrupted");
        assertThat(Thread.interrupted()).as("stays interrupted").isTrue();
    }

    @Test
    void contentsThatComeTooLateAreGivenBack() throws InterruptedException {
        bucket.hangs = true;
        bucket.contents = contents(new ByteArrayInputStream(new byte[3]), 3);
        interruptWhenAsked();

        assertThatExceptionOfType(ObjectStoreException.class).isThrownBy(() -> folder.open("a"));
        assertThat(Thread.interrupted()).isTrue();
        bucket.goOn.countDown();

        assertThat(bucket.aborted.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoReadsFromALibraryThatNoticesNothingCanBeInterrupted() throws IOException, InterruptedException {
        bucket.contents = contents(
                new InputStream() {
                    @Override
                    public int read() {
                        bucket.hang();
                        return -1;
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) {
                        return read();
                    }
                },
                1);
        InputStream contents = folder.open("a");
        interruptWhenAsked();

        assertThatExceptionOfType(IOException.class).isThrownBy(contents::read).withMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        contents.close();

        assertThat(bucket.aborted.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void contentsThatEndTooEarlyAreNotWhole() throws IOException {
        bucket.contents = contents(new ByteArrayInputStream(new byte[100_000]), 100_001);

        try (InputStream contents = folder.open("a")) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(contents::readAllBytes)
                    .withMessageContaining("100000 of 100001 bytes");
        }
    }

    private void interruptWhenAsked() {
        Thread waiting = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            try {
                bucket.hanging.await();
            } catch (InterruptedException e) {
                return;
            }
            waiting.interrupt();
        });
        interrupter.setDaemon(true);
        interrupter.start();
    }

    private Bucket.Contents contents(InputStream stream, long length) {
        return new Bucket.Contents(stream, OptionalLong.of(length), bucket.aborted::countDown);
    }

    /** Answers as it is told, or hangs and notices no interruption. */
    private static final class ScriptedBucket implements Bucket {
        private final CountDownLatch hanging = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final CountDownLatch aborted = new CountDownLatch(1);
        private volatile boolean hangs;
        private volatile String asked = "nothing";
        private ObjectPage page = new ObjectPage(List.of(), List.of(), Optional.empty());
        private Contents contents =
                new Contents(new ByteArrayInputStream(new byte[0]), OptionalLong.empty(), aborted::countDown);

        void hang() {
            hanging.countDown();
            while (true) {
                try {
                    goOn.await();
                    return;
                } catch (InterruptedException unnoticed) {
                    // As a library does that reads from a socket.
                }
            }
        }

        private void asked(String key) {
            asked = key;
            if (hangs) {
                hang();
            }
        }

        @Override
        public ObjectPage list(String prefix, boolean foldersApart, Optional<String> next) {
            asked(prefix);
            return page;
        }

        @Override
        public Optional<StoredObject> head(String key) {
            asked(key);
            return Optional.empty();
        }

        @Override
        public Contents open(String key) {
            asked(key);
            return contents;
        }

        @Override
        public ObjectStoreException explain(Attempt attempt, Throwable failure) {
            return Failures.ofNoAnswer(attempt, failure);
        }

        @Override
        public void close() {
            // There is nothing to free.
        }
    }
}
