package io.github.camundabackup.bucket;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The checksum that a store has of an object, to be compared with what is read. Not thread-safe. */
final class Checksum {
    private final String kind;
    private final String expected;
    private final Digest digest;

    private Checksum(String kind, String expected, Digest digest) {
        this.kind = kind;
        this.expected = expected;
        this.digest = digest;
    }

    private interface Digest {
        void add(byte[] bytes, int length);

        byte[] value();
    }

    /**
     * @param text as in {@link StoredObject#checksum()}
     * @return empty for a kind that cannot be computed here
     */
    static Optional<Checksum> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String kind = text.substring(0, colon).toLowerCase(Locale.ROOT);
        return digest(kind).map(digest -> new Checksum(kind, text.substring(colon + 1), digest));
    }

    private static Optional<Digest> digest(String kind) {
        return switch (kind) {
            case "crc32" -> Optional.of(of(new CRC32()));
            case "crc32c" -> Optional.of(of(new CRC32C()));
            case "md5" -> Optional.of(of("MD5"));
            case "sha1" -> Optional.of(of("SHA-1"));
            case "sha256" -> Optional.of(of("SHA-256"));
            default -> Optional.empty();
        };
    }

    private static Digest of(java.util.zip.Checksum sum) {
        return new Digest() {
            @Override
            public void add(byte[] bytes, int length) {
                sum.update(bytes, 0, length);
            }

            @Override
            public byte[] value() {
                return ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) sum.getValue())
                        .array();
            }
        };
    }

    private static Digest of(String algorithm) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
        return new Digest() {
            @Override
            public void add(byte[] bytes, int length) {
                digest.update(bytes, 0, length);
            }

            @Override
            public byte[] value() {
                return digest.digest();
            }
        };
    }

    void add(byte[] bytes, int length) {
        digest.add(bytes, length);
    }

    /** What is wrong; empty if what was added has the store's checksum. */
    Optional<String> difference() {
        byte[] value = digest.value();
        String base64 = Base64.getEncoder().encodeToString(value);
        return base64.equals(expected) || HexFormat.of().formatHex(value).equalsIgnoreCase(expected)
                ? Optional.empty()
                : Optional.of("its " + kind + " is " + base64 + ", and the store says " + expected);
    }
}
