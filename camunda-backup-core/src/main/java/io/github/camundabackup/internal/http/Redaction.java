package io.github.camundabackup.internal.http;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a token endpoint says, without what may be a secret: providers repeat in their descriptions what they were sent.
 */
final class Redaction {
    private static final String LEFT_OUT = "…";
    private static final int LONGEST = 300;

    private Redaction() {}

    /**
     * @param secrets what is left out wherever it occurs, in any case of its letters
     */
    static String of(String words, List<String> secrets) {
        String text = words.replaceAll("[^\\x20-\\x7e]+", " ");
        for (String secret : secrets) {
            if (!secret.isEmpty()) {
                text = text.replaceAll("(?i)" + Pattern.quote(secret), LEFT_OUT);
            }
        }
        String cleaned = text
                // What is quoted was often sent.
                .replaceAll("'[^']*'|\"[^\"]*\"|`[^`]*`", LEFT_OUT)
                // Tokens and keys, and no words.
                .replaceAll("(?=[A-Za-z+/_=.~-]*[0-9])[A-Za-z0-9+/_=.~-]{16,}", LEFT_OUT)
                .strip();
        return cleaned.length() <= LONGEST ? cleaned : cleaned.substring(0, LONGEST) + LEFT_OUT;
    }
}
