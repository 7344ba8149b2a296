package io.github.camundabackup.internal.http;

import io.github.camundabackup.internal.json.JsonArrayStream;
import io.github.camundabackup.internal.json.JsonFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Readers of answers: into memory up to a limit, or element by element as they arrive. */
final class Bodies {
    /** No answer of Camunda or of a search engine that is read whole comes near this. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private Bodies() {}

    static Subscriber bounded(int status) {
        return new Subscriber() {
            private final ByteArrayOutputStream body = new ByteArrayOutputStream();

            @Override
            void take(ByteBuffer bytes) throws IOException {
                if (body.size() + bytes.remaining() > MAX_BYTES) {
                    throw new BodyException(status, "a body of more than " + MAX_BYTES + " bytes", null);
                }
                byte[] chunk = new byte[bytes.remaining()];
                bytes.get(chunk);
                body.writeBytes(chunk);
            }

            @Override
            byte[] end() {
                return body.toByteArray();
            }
        };
    }

    /** The same for a body that is compressed with gzip. */
    static BodySubscriber<byte[]> unpacked(int status, Subscriber reader) {
        Gunzip gunzip = new Gunzip();
        Subscriber unpacking = new Subscriber() {
            @Override
            void take(ByteBuffer bytes) throws IOException {
                try {
                    gunzip.feed(bytes, reader::take);
                } catch (BodyException e) {
                    throw e;
                } catch (IOException e) {
                    throw new BodyException(status, "a body that cannot be unpacked (" + e.getMessage() + ")", e);
                }
            }

            @Override
            byte[] end() throws IOException {
                return reader.end();
            }
        };
        unpacking.getBody().whenComplete((done, error) -> gunzip.end());
        return unpacking;
    }

    static Subscriber streamed(int status, JsonArrayStream stream, Progress progress) {
        return new Subscriber() {
            @Override
            void take(ByteBuffer bytes) throws IOException {
                progress.made();
                try {
                    stream.feed(bytes);
                } catch (JsonFormatException e) {
                    throw new BodyException(status, "a body that is no complete JSON (" + e.getMessage() + ")", e);
                }
            }

            @Override
            byte[] end() throws IOException {
                try {
                    return stream.finish().toString().getBytes(StandardCharsets.UTF_8);
                } catch (JsonFormatException e) {
                    throw new BodyException(status, "a body that is no complete JSON (" + e.getMessage() + ")", e);
                }
            }
        };
    }

    /** A body that arrived, but cannot be what it should be. */
    static final class BodyException extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;

        BodyException(int status, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    abstract static class Subscriber implements BodySubscriber<byte[]> {
        private final CompletableFuture<byte[]> result = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;

        abstract void take(ByteBuffer bytes) throws IOException;

        abstract byte[] end() throws IOException;

        @Override
        public CompletionStage<byte[]> getBody() {
            return result;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscription.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            Flow.Subscription open = subscription;
            if (open == null || result.isDone()) {
                return;
            }
            try {
                for (ByteBuffer buffer : buffers) {
                    take(buffer);
                }
                open.request(1);
            } catch (IOException | RuntimeException | Error e) {
                result.completeExceptionally(e);
                open.cancel();
            }
        }

        @Override
        public void onError(Throwable error) {
            result.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            try {
                result.complete(end());
            } catch (IOException | RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        }
    }
}
