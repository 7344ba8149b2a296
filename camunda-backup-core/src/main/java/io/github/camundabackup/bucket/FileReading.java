package io.github.camundabackup.bucket;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.runtime.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object to its end, piece by piece, so that it can be slowed down and stopped between two pieces. After an
 * outage it begins anew. Used once.
 */
final class FileReading {
    private static final int PIECE = 1024 * 1024;

    private final StoreCalls calls;
    private final TimeSource time;
    private final StoredObject object;
    private final OptionalLong bytesPerSecond;
    private final LongConsumer read;
    private final BooleanSupplier stopped;
    private @Nullable InputStream content;
    private long position;
    private Optional<Checksum> checksum = Optional.empty();

    /**
     * @param bytesPerSecond how fast it may be read at most
     * @param read hears of bytes that were read for the first time
     * @param stopped whether it is not wanted any more
     */
    FileReading(
            StoreCalls calls,
            TimeSource time,
            StoredObject object,
            OptionalLong bytesPerSecond,
            LongConsumer read,
            BooleanSupplier stopped) {
        this.calls = calls;
        this.time = time;
        this.object = object;
        this.bytesPerSecond = bytesPerSecond;
        this.read = read;
        this.stopped = stopped;
    }

    /** What is wrong with it; empty if nothing is. */
    CompletableFuture<Optional<String>> run() {
        CompletableFuture<Optional<String>> whole = next(0);
        return Futures.recover(
                whole.whenComplete((done, error) -> close()),
                failure -> failure instanceof CamundaBackupException
                        ? CompletableFuture.completedFuture(Optional.of(String.valueOf(failure.getMessage())))
                        : CompletableFuture.failedFuture(failure));
    }

    private CompletableFuture<Optional<String>> next(long highest) {
        if (stopped.getAsBoolean()) {
            return CompletableFuture.completedFuture(Optional.of("it was not read to its end"));
        }
        long begun = time.nanoTime();
        return calls.piece(object.key(), this::piece).thenCompose(length -> {
            if (length < 0) {
                return CompletableFuture.completedFuture(judge());
            }
            long reached = Math.max(highest, position);
            read.accept(reached - highest);
            return pause(length, begun).thenCompose(passed -> next(reached));
        });
    }

    private CompletableFuture<Void> pause(int length, long begun) {
        if (bytesPerSecond.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        long due = (long) (length * 1e9 / bytesPerSecond.getAsLong());
        long left = due - (time.nanoTime() - begun);
        return left <= 0 ? CompletableFuture.completedFuture(null) : time.delay(Duration.ofNanos(left));
    }

    /** How many bytes; negative at the end. */
    private int piece() {
        try {
            InputStream open = content;
            if (open == null) {
                open = calls.open(object.key());
                content = open;
                position = 0;
                checksum = object.checksum().flatMap(Checksum::parse);
            }
            byte[] bytes = open.readNBytes(PIECE);
            if (bytes.length == 0) {
                return -1;
            }
            position += bytes.length;
            checksum.ifPresent(sum -> sum.add(bytes, bytes.length));
            return bytes.length;
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Optional<String> judge() {
        return position == object.size()
                ? checksum.flatMap(Checksum::difference)
                : Optional.of(position + " bytes can be read, and the store says " + object.size());
    }

    private void close() {
        InputStream open = content;
        content = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException | RuntimeException nobodyWantsItAnyMore) {
                // What was read was read.
            }
        }
    }
}
