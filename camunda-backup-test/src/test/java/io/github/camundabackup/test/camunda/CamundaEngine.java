package io.github.camundabackup.test.camunda;

import io.github.camundabackup.test.process.FileTrees;
import java.io.IOException;
import java.nio.file.Path;

/** Makes engines with the modules that Operate and Tasklist need, and that the published minimal servers lack. */
final class CamundaEngine {
    private CamundaEngine() {}

    /**
     * Assembles one, unless the engine is complete as it is.
     *
     * @param home where it shall be, if one is needed; does not exist
     * @return where it is
     */
    static Path assemble(CamundaParts parts, Path home) throws IOException {
        if (parts.engineModules().isEmpty()) {
            return parts.engine();
        }
        FileTrees.copy(parts.engine(), home);
        new OpenSearchModules(home, parts.engineModules().orElseThrow()).add();
        return home;
    }
}
