package io.github.camundabackup.test.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ports of the loopback interface that nobody listens on. They lie below those that systems give to outgoing
 * connections, so that a server which is started again finds its own free.
 */
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;

    private FreePorts() {}

    /**
     * As many different ports as asked for.
     *
     * @throws IllegalStateException if there are not so many
     */
    public static List<Integer> find(int count) {
        List<Integer> free = search(count);
        if (free.size() < count) {
            throw new IllegalStateException("There are no " + count + " free ports between " + FIRST + " and " + LAST
                    + " on the loopback interface.");
        }
        return free;
    }

    /** How many there are; not more than the given number, which is enough. */
    public static int count(int enough) {
        return search(enough).size();
    }

    private static List<Integer> search(int count) {
        List<Integer> candidates =
                new ArrayList<>(IntStream.range(FIRST, LAST).boxed().toList());
        Collections.shuffle(candidates);
        return candidates.stream().filter(FreePorts::isFree).limit(count).toList();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
