package io.github.camundabackup.test.runs;

import io.github.camundabackup.test.internal.web.Json;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Verifies the tokens of a real identity provider, as Camunda's servers do: signature, issuer, audience, and expiry. */
final class ResourceServer {
    // Spring's resource servers allow for a minute.
    private static final Duration SKEW = Duration.ofSeconds(1);

    private final Map<String, PublicKey> keys = new HashMap<>();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final URI issuer;
    private final String audience;

    /**
     * @param jwks the provider's keys, as it shows them
     */
    ResourceServer(Map<String, Object> jwks, URI issuer, String audience) {
        this.issuer = issuer;
        this.audience = audience;
        for (Object each : (List<?>) jwks.getOrDefault("keys", List.of())) {
            Map<?, ?> key = (Map<?, ?>) each;
            if ("RS256".equals(key.get("alg"))) {
                keys.put(String.valueOf(key.get("kid")), rsa(number(key.get("n")), number(key.get("e"))));
            }
        }
    }

    /** Whether the token is good now. */
    boolean accepts(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        Optional<PublicKey> key =
                json(parts[0]).map(header -> String.valueOf(header.get("kid"))).map(keys::get);
        boolean good = key.isPresent()
                && isSigned(parts[0] + "." + parts[1], parts[2], key.get())
                && json(parts[1]).filter(this::isForHere).isPresent();
        if (good) {
            accepted.add(token);
        }
        return good;
    }

    /** How many different tokens were accepted. */
    int accepted() {
        return accepted.size();
    }

    private boolean isForHere(Map<String, Object> claims) {
        Object audiences = claims.getOrDefault("aud", "");
        boolean meant = audiences instanceof List<?> several ? several.contains(audience) : audiences.equals(audience);
        return meant
                && issuer.toString().equals(claims.get("iss"))
                && claims.get("exp") instanceof Number expiry
                && Instant.now().minus(SKEW).isBefore(Instant.ofEpochSecond(expiry.longValue()));
    }

    private static boolean isSigned(String text, String signature, PublicKey key) {
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(key);
            verifier.update(text.getBytes(StandardCharsets.US_ASCII));
            return verifier.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicKey rsa(BigInteger modulus, BigInteger exponent) {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger number(@Nullable Object encoded) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(String.valueOf(encoded)));
    }

    private static Optional<Map<String, Object>> json(String part) {
        return Json.object(Base64.getUrlDecoder().decode(part));
    }
}
