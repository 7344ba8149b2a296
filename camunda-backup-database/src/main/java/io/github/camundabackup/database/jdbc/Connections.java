package io.github.camundabackup.database.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Opens connections. Each commits by itself, unless it is set otherwise. */
@FunctionalInterface
interface Connections {
    /** As a parameter, before the host, or as Oracle has it. */
    Pattern PASSWORD = Pattern.compile(
            "(?i)[?&;:,(]\\s*(?:password|passwd|pwd)\\s*=|//[^/?;@]*:[^/?;@]*@|^jdbc:oracle:[^:]+:[^:/@]+/[^@]*@");

    Connection open() throws SQLException;

    /** Those of a pool may be set to commit nothing by themselves. */
    static Connections of(DataSource source) {
        return () -> {
            Connection connection = source.getConnection();
            try {
                connection.setAutoCommit(true);
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        };
    }

    /**
     * @param password asked for with each connection
     */
    static Connections of(String url, String user, Supplier<String> password) {
        return () -> {
            Properties properties = new Properties();
            properties.setProperty("user", user);
            properties.setProperty("password", password.get());
            return DriverManager.getConnection(url, properties);
        };
    }

    /**
     * @throws IllegalArgumentException if a password is in it
     */
    static String withoutPassword(String url) {
        if (PASSWORD.matcher(url).find()) {
            throw new IllegalArgumentException("The URL that was given holds a password, which messages of its driver"
                    + " may show. Leave it out, and say it with password(…), and the user with user(…).");
        }
        return url;
    }
}
