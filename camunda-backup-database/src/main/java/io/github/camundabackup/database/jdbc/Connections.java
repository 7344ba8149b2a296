package io.github.camundabackup.database.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Opens connections. */
@FunctionalInterface
interface Connections {
    Connection open() throws SQLException;

    static Connections of(DataSource source) {
        return source::getConnection;
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
}
