package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.internal.input.Durations;
import io.github.camundabackup.runtime.ClientResources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a database, of whatever product. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract sealed class StoreBuilder<B extends StoreBuilder<B>> permits ToolBuilder, CommandsBuilder {
    Duration timeout = Duration.ofHours(24);
    String user = "";
    Supplier<String> password = () -> "";

    @Nullable
    String url;

    private @Nullable DataSource dataSource;
    private @Nullable Path dumps;
    private String tablePrefix = "";

    StoreBuilder() {}

    abstract B self();

    /**
     * Where the database is.
     *
     * @param url for JDBC, without user and password, and refused with one; the driver must be on the class path
     */
    public B url(String url) {
        this.url = Objects.requireNonNull(url, "url");
        return self();
    }

    /** Where connections come from, instead of a URL. Two at once are needed at most. Not closed with the store. */
    public B dataSource(DataSource dataSource) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        return self();
    }

    /** Who connects: Camunda's own user, or one who may read all of its tables. */
    public B user(String user) {
        this.user = Objects.requireNonNull(user, "user");
        return self();
    }

    /**
     * The user's password.
     *
     * @param password asked for whenever it is needed; may block. Empty if none is
     */
    public B password(Supplier<String> password) {
        this.password = Objects.requireNonNull(password, "password");
        return self();
    }

    /** The directory for the dumps, of this database alone. It is made if it is not there. */
    public B dumps(Path directory) {
        dumps = Objects.requireNonNull(directory, "directory");
        return self();
    }

    /**
     * The prefix of Camunda's tables, literally as its {@code camunda.data.secondary-storage.rdbms.prefix}. Default:
     * none.
     */
    public B tablePrefix(String prefix) {
        tablePrefix = Objects.requireNonNull(prefix, "prefix");
        return self();
    }

    /**
     * How long a tool may run before it is ended. Default: 24 h.
     *
     * @throws IllegalArgumentException if not greater than zero, or longer than a year
     */
    public B timeout(Duration timeout) {
        this.timeout = Durations.positive(timeout, "timeout");
        return self();
    }

    /**
     * Nothing is asked or written yet.
     *
     * @param resources must stay open as long as the store is used
     * @throws IllegalArgumentException if something is missing or does not fit, or the URL holds a password
     */
    public abstract JdbcDatabaseStore build(ClientResources resources);

    JdbcDatabaseStore build(ClientResources resources, String database, Vendor vendor) {
        if (dumps == null) {
            throw new IllegalArgumentException("Say with dumps(…) where the dumps go.");
        }
        return new JdbcDatabaseStore(
                Objects.requireNonNull(resources, "resources"),
                database + (tablePrefix.isEmpty() ? "" : ", table prefix " + tablePrefix),
                connections(),
                password,
                tablePrefix,
                dumps,
                vendor);
    }

    private Connections connections() {
        if (dataSource != null) {
            return Connections.of(dataSource);
        }
        if (url == null) {
            throw new IllegalArgumentException("Say with url(…) or dataSource(…) where the database is.");
        }
        return Connections.of(Connections.withoutPassword(url), user, password);
    }

    static int atLeastOne(int number, String what) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, but were " + number + ".");
        }
        return number;
    }

    static String program(String program) {
        if (program.isBlank()) {
            throw new IllegalArgumentException("A program has a name.");
        }
        return program;
    }
}
