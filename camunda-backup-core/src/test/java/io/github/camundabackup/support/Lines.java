package io.github.camundabackup.support;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import java.util.List;

/** Lines for tests that are run with several of them. */
public final class Lines {
    /** One of each procedure: with importers, and with an exporter that writes the applications' indices itself. */
    public static final List<CamundaLine> DIFFERENT = List.of(CamundaLine.UP_TO_8_7, CamundaLine.V8_8);

    /** All of this library. */
    public static final List<CamundaLine> ALL = CamundaLines.known().all();

    private Lines() {}
}
