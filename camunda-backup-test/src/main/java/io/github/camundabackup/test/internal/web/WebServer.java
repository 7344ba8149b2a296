package io.github.camundabackup.test.internal.web;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One port on loopback. It can be closed and opened again, as a server that is down for a while. */
public final class WebServer implements AutoCloseable {
    private static final int BACKLOG = 1024;

    // Without it, the JDK's server sends head and body as two packets 40 ms apart. Read once per JVM, when the first
    // server is made.
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private final Executor threads;
    private final Map<String, HttpHandler> handlers = new LinkedHashMap<>();
    private final InetSocketAddress address;
    private @Nullable HttpServer server;

    private WebServer(Executor threads) {
        this.threads = threads;
        HttpServer first = open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = first.getAddress();
        server = first;
    }

    /** Opens a free port. */
    public static WebServer start(Executor threads) {
        return new WebServer(threads);
    }

    /** Where it is, without a path. */
    public URI uri() {
        return URI.create(
                "http://" + address.getHostString().replaceFirst("^localhost$", "127.0.0.1") + ":" + address.getPort());
    }

    /**
     * @param prefix what the paths begin with; ends with a slash
     */
    public synchronized void handle(String prefix, HttpHandler handler) {
        handlers.put(prefix, handler);
        if (server != null) {
            server.createContext(prefix, handler);
        }
    }

    public synchronized void forget(String prefix) {
        if (handlers.remove(prefix) != null && server != null) {
            server.removeContext(prefix);
        }
    }

    /** Refuses connections, and cuts those that are open. */
    public synchronized void down() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    public synchronized boolean isUp() {
        return server != null;
    }

    /** Accepts connections again, on the same port. */
    public synchronized void up() {
        if (server == null) {
            HttpServer again = open(address);
            handlers.forEach(again::createContext);
            server = again;
        }
    }

    @Override
    public void close() {
        down();
    }

    private HttpServer open(InetSocketAddress where) {
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
        try {
            HttpServer opened = HttpServer.create(where, BACKLOG);
            opened.setExecutor(threads);
            opened.start();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not open " + where + " for the simulated cluster", e);
        }
    }
}
