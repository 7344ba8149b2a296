package io.github.camundabackup.support;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import java.util.List;

/** Lines for tests that are run with several of them. */
public final class Lines {
    /** All of this library. */
    public static final List<CamundaLine> ALL = CamundaLines.known().all();

    private Lines() {}
}
