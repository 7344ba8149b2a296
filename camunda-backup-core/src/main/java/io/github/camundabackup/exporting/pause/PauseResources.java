package io.github.camundabackup.exporting.pause;

import io.github.camundabackup.runtime.ClientResources;

/**
 * The threads and connections of pauses, shared by all clients that share their resources: neither an executor that
 * refuses, nor a run that has lost its way, keeps an exporting pause from being ended.
 */
final class PauseResources implements AutoCloseable {
    private final ClientResources apart;

    private PauseResources(ClientResources resources) {
        apart = resources.apart();
    }

    /** Those beside the given resources. */
    static ClientResources beside(ClientResources resources) {
        return resources.shared(PauseResources.class, PauseResources::new).apart;
    }

    @Override
    public void close() {
        apart.close();
    }
}
