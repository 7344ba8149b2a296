package io.github.camundabackup.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A key of SSE-C, as its headers want it. */
final class CustomerKey {
    private static final int BYTES = 32;

    private final String base64;
    private final String md5;

    private CustomerKey(byte[] key) {
        base64 = Base64.getEncoder().encodeToString(key);
        try {
            md5 = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has MD5.", e);
        }
    }

    static CustomerKey of(String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException notShown) {
            key = new byte[0];
        }
        if (key.length != BYTES) {
            throw new IllegalArgumentException("A key of SSE-C has " + BYTES + " bytes, in Base64; this one has not.");
        }
        return new CustomerKey(key);
    }

    String base64() {
        return base64;
    }

    String md5() {
        return md5;
    }

    @Override
    public String toString() {
        return "a key of SSE-C";
    }
}
