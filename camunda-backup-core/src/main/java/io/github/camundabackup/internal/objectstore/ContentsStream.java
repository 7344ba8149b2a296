package io.github.camundabackup.internal.objectstore;

import io.github.camundabackup.error.ObjectStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/** Reads an object's contents on the threads of calls. Not thread-safe. */
final class ContentsStream extends InputStream {
    private static final int AT_ONCE = 64 * 1024;

    private final Bucket bucket;
    private final LibraryCalls calls;
    private final Attempt attempt;
    private final Bucket.Contents contents;
    private byte[] buffer = new byte[0];
    private int position;
    private long count;
    private boolean ended;
    private boolean closed;

    ContentsStream(Bucket bucket, LibraryCalls calls, Attempt attempt, Bucket.Contents contents) {
        this.bucket = bucket;
        this.calls = calls;
        this.attempt = attempt;
        this.contents = contents;
    }

    @Override
    public int read() throws IOException {
        return fill() ? Byte.toUnsignedInt(buffer[position++]) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int given = Math.min(length, buffer.length - position);
        System.arraycopy(buffer, position, into, offset, given);
        position += given;
        return given;
    }

    /** Whether there is more. */
    private boolean fill() throws IOException {
        if (closed) {
            throw new IOException("Closed");
        }
        if (position < buffer.length) {
            return true;
        }
        if (ended) {
            return false;
        }
        try {
            position = 0;
            buffer = calls.call(() -> contents.stream().readNBytes(AT_ONCE), late -> {});
        } catch (InterruptedException e) {
            throw LibraryCalls.interruptedRead(attempt, e);
        } catch (ExecutionException e) {
            ObjectStoreException failure = bucket.explain(attempt, Objects.requireNonNull(e.getCause()));
            throw new IOException(failure.getMessage(), failure);
        }
        count += buffer.length;
        ended = buffer.length < AT_ONCE;
        if (ended && contents.length().orElse(count) != count) {
            throw new IOException(attempt.text() + " failed: it ended after " + count + " of "
                    + contents.length().getAsLong() + " bytes.");
        }
        return buffer.length > 0;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            // Not waited for: it may have to wait itself, for a read that was given up.
            calls.later(ended ? () -> close(contents) : contents.abort());
        }
    }

    static void close(Bucket.Contents contents) {
        try {
            contents.stream().close();
        } catch (IOException gone) {
            contents.abort().run();
        }
    }
}
