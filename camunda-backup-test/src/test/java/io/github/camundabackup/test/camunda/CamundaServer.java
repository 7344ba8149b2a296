package io.github.camundabackup.test.camunda;

import io.github.camundabackup.test.process.Http;
import io.github.camundabackup.test.process.ServerProcess;
import java.net.URI;

/** One process of a real cluster, and how it tells that it is ready. */
public final class CamundaServer implements AutoCloseable {
    private final ServerProcess process;
    private final URI uri;
    private final URI readiness;
    private final int readyStatus;
    private final Http http = new Http();

    /**
     * @param readiness the path of a GET
     * @param readyStatus how it is answered when the process is ready
     */
    CamundaServer(ServerProcess process, URI uri, String readiness, int readyStatus) {
        this.process = process;
        this.uri = uri;
        this.readiness = URI.create(uri + readiness);
        this.readyStatus = readyStatus;
    }

    /** Of Camunda's processes, the management port. */
    public URI uri() {
        return uri;
    }

    /** Starts it, for the first time or again, with its data and on its ports; does not wait. */
    public void start() {
        process.start();
    }

    /**
     * Returns when it is ready.
     *
     * @throws IllegalStateException with the end of its log, if that does not happen
     */
    public void awaitReady() {
        process.awaitReady(() -> http.answers(readiness, readyStatus), "");
    }

    /** Starts it if it has ended, and lets it go on if it hangs; does not wait. */
    void goOn() {
        if (process.isAlive()) {
            process.thaw();
        } else {
            process.start();
        }
    }

    /** Ends it as a loss of power would. */
    public void kill() {
        process.kill();
    }

    /** Lets it hang: its connections stay open, and nothing answers. */
    public void freeze() {
        process.freeze();
    }

    @Override
    public void close() {
        process.close();
    }
}
