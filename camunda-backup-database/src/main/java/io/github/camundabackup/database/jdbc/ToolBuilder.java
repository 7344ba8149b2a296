package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.internal.input.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a database that its vendor's tools dump and restore. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ToolBuilder<B extends ToolBuilder<B>> extends StoreBuilder<B>
        permits PostgreSqlBuilder, MariaDbBuilder {
    String dumpTool;
    String restoreTool;
    Duration lockTimeout = Duration.ofMinutes(1);
    List<String> arguments = List.of();
    private @Nullable ServerAddress server;

    ToolBuilder(String dumpTool, String restoreTool) {
        this.dumpTool = dumpTool;
        this.restoreTool = restoreTool;
    }

    /** Where the tools connect to, if it is not in the URL. */
    public B server(String host, int port, String database) {
        server = new ServerAddress(host, port, database, Map.of());
        return self();
    }

    /** The programs that dump and restore, if they are not in the path under their usual names. */
    public B tools(String dump, String restore) {
        dumpTool = program(dump);
        restoreTool = program(restore);
        return self();
    }

    /** More arguments for both tools, such as for TLS. No secrets: others on the machine can see them. */
    public B toolArguments(String... arguments) {
        this.arguments = List.of(arguments);
        return self();
    }

    /**
     * How long a dump, or a restore that drops, waits for a table that is locked. Default: 1 min.
     *
     * @throws IllegalArgumentException if not greater than zero, or longer than a year
     */
    public B lockTimeout(Duration timeout) {
        lockTimeout = Durations.positive(timeout, "lock timeout");
        return self();
    }

    ServerAddress server(String scheme, int port) {
        if (server != null) {
            return server;
        }
        if (url == null) {
            throw new IllegalArgumentException(
                    "Say with url(…), or with server(host, port, database), where the tools connect to.");
        }
        return ServerAddress.of(url, scheme, port);
    }
}
