package io.github.camundabackup.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A port at which something other than HTTP is spoken: it greets whoever connects, and hangs up. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket socket;

    private RawServer(String greeting) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(() -> greetEverybody(greeting.getBytes(StandardCharsets.ISO_8859_1)), "raw server");
        thread.setDaemon(true);
        thread.start();
    }

    public static RawServer thatSays(String greeting) {
        return new RawServer(greeting);
    }

    public URI uri(String scheme) {
        return URI.create(scheme + "://localhost:" + socket.getLocalPort());
    }

    private void greetEverybody(byte[] greeting) {
        while (!socket.isClosed()) {
            try (Socket caller = socket.accept()) {
                // The request first, or the JDK's client takes the greeting for one left over by an earlier request.
                byte[] request = new byte[8192];
                if (caller.getInputStream().read(request) >= 0) {
                    caller.getOutputStream().write(greeting);
                    caller.getOutputStream().flush();
                }
            } catch (IOException hungUp) {
                // The caller did not like the greeting, or the test is over.
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
