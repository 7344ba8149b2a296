package io.github.camundabackup.test.camunda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The logs that the restore application of 8.6.0 leaves, and what is behind the last record of each: the bytes of
 * records that came after the checkpoint. The broker writes over them, but for one byte of a record, and if that is not
 * zero, a command is never processed.
 *
 * @see <a href="https://github.com/camunda/camunda/issues/41325">camunda#41325</a>
 */
final class RestoredLog {
    private static final int DESCRIPTOR = 57;
    /** One byte that says whether there is a record. */
    private static final int FRAME = 1;
    /** Of an SBE message: the length of its block, and three more numbers. */
    private static final int HEADER = 8;
    /** In the block of a record's metadata. */
    private static final int CHECKSUM = 8;

    private RestoredLog() {}

    /**
     * Lets a restored broker process all commands, as one does in which the defect is mended.
     *
     * @param data a broker's data, while the broker is stopped
     */
    static void clean(Path data) {
        try (Stream<Path> files = Files.walk(data.resolve("raft-partition"))) {
            List<Path> segments = files.filter(
                            file -> file.getFileName().toString().matches("raft-partition-.*\\.log"))
                    .toList();
            if (segments.isEmpty()) {
                throw new IllegalStateException(
                        "There is no log in " + data + ": Zeebe is not restored, or keeps it elsewhere.");
            }
            for (Path segment : segments) {
                byte[] bytes = Files.readAllBytes(segment);
                Arrays.fill(bytes, end(bytes), bytes.length, (byte) 0);
                Files.write(segment, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the next record is going to be written. */
    static int end(byte[] segment) {
        ByteBuffer buffer = ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN);
        int position = DESCRIPTOR;
        while (position < segment.length && segment[position] != 0) {
            int block = Short.toUnsignedInt(buffer.getShort(position + FRAME));
            int record = buffer.getInt(position + FRAME + HEADER + CHECKSUM);
            position += FRAME + HEADER + block + record;
        }
        return position;
    }
}
