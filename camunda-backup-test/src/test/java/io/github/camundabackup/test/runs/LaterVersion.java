package io.github.camundabackup.test.runs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** Makes a snapshot one of a later version of its engine, in a repository that does not compress. */
final class LaterVersion {
    private static final int NEXT_MAJOR = 1_000_000;
    // The description is Smile: a short name, then an integer of seven bits in each byte, and six in the last.
    private static final String FIELD = "version_id";
    private static final byte INTEGER = 0x24;

    private LaterVersion() {}

    static void write(Path description) throws IOException {
        byte[] bytes = Files.readAllBytes(description);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(FIELD) + FIELD.length();
        if (at < FIELD.length() || bytes[at] != INTEGER) {
            throw new IllegalStateException("There is no version where it is expected in " + description + ".");
        }
        int last = at + 1;
        long encoded = 0;
        while (bytes[last] >= 0) {
            encoded = (encoded << 7) | bytes[last++];
        }
        encoded = (encoded << 6) | (bytes[last] & 0x3f);
        // Positive numbers are written doubled.
        encoded += 2 * NEXT_MAJOR;
        bytes[last] = (byte) (0x80 | (encoded & 0x3f));
        encoded >>= 6;
        for (int i = last - 1; i > at; i--) {
            bytes[i] = (byte) (encoded & 0x7f);
            encoded >>= 7;
        }
        // Lucene ends a file with the checksum of all that comes before it.
        int end = bytes.length - Long.BYTES;
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, end);
        ByteBuffer.wrap(bytes).putLong(end, checksum.getValue());
        Files.write(description, bytes);
    }
}
