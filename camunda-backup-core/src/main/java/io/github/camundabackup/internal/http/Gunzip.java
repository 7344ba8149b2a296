package io.github.camundabackup.internal.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks a body as it arrives. What is in it is checked by whoever reads it, also whether it is whole. Not
 * thread-safe; fed by one caller at a time.
 */
final class Gunzip {
    private static final int HEADER = 10;
    private static final int CHUNK = 16 * 1024;
    // Of the header's bytes: two that every gzip begins with, the one method that there is, and no optional fields,
    // which no web server sends.
    private static final byte[] BEGINNING = {0x1f, (byte) 0x8b, 8, 0};

    private final Inflater inflater = new Inflater(true);
    private final ByteBuffer unpacked = ByteBuffer.allocate(CHUNK);
    private int header;

    /** Takes what is unpacked. */
    @FunctionalInterface
    interface Taker {
        void take(ByteBuffer bytes) throws IOException;
    }

    void feed(ByteBuffer packed, Taker taker) throws IOException {
        for (; header < HEADER && packed.hasRemaining(); header++) {
            byte next = packed.get();
            if (header < BEGINNING.length && next != BEGINNING[header]) {
                throw new IOException("it is no gzip, or one with a header that web servers do not send");
            }
        }
        inflater.setInput(packed);
        try {
            while (!inflater.needsInput() && !inflater.finished()) {
                inflater.inflate(unpacked.clear());
                taker.take(unpacked.flip());
            }
        } catch (DataFormatException e) {
            throw new IOException("its compression is damaged", e);
        }
    }

    void end() {
        inflater.end();
    }
}
