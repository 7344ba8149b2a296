package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.error.DatabaseStoreException;
import io.github.camundabackup.error.DatabaseStoreException.Reason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a tool or a server, as far as it matters which of two is older.
 *
 * @param major the first number
 * @param minor the second one; 0 where there is none, or where it does not matter
 */
record ToolVersion(int major, int minor) implements Comparable<ToolVersion> {
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)|(\\d+)(?=devel|beta|rc)");

    /**
     * @param numbers how many of its numbers matter: 1 or 2
     */
    static ToolVersion in(String text, int numbers) {
        Matcher found = NUMBERS.matcher(text);
        if (!found.find()) {
            throw new DatabaseStoreException(Reason.OTHER, "There is no version in \"" + text + "\".", null);
        }
        return found.group(3) != null
                ? new ToolVersion(Integer.parseInt(found.group(3)), 0)
                : new ToolVersion(Integer.parseInt(found.group(1)), numbers > 1 ? Integer.parseInt(found.group(2)) : 0);
    }

    @Override
    public int compareTo(ToolVersion other) {
        return major == other.major ? Integer.compare(minor, other.minor) : Integer.compare(major, other.major);
    }
}
