package io.github.camundabackup.samples.restoredrill;

import io.github.camundabackup.restore.control.ClusterControl;
import io.github.camundabackup.restore.control.OperatorControl;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.samples.quickstart.Environment.BadValueException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Tells an operator what to do, and waits until it is done. */
final class Console {
    private final BufferedReader in;
    private final PrintStream out;
    private final ClientResources resources;

    Console(InputStream in, PrintStream out, ClientResources resources) {
        this.in = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
        this.out = out;
        this.resources = resources;
    }

    /**
     * Makes sure that an operator is at the console, before anything is touched.
     *
     * @throws BadValueException if not
     */
    void requireOperator() {
        out.println("There are no commands, so each step is printed here: to stop, to restore Zeebe, and to start.");
        out.println("Press Enter to begin.");
        if (!pressed()) {
            throw new BadValueException(
                    "There are no commands that stop and start the components, such as CAMUNDA_BACKUP_STOP_ZEEBE,"
                            + " and there is no operator at the console. Nothing was touched.");
        }
    }

    /** The control by the operator, who does what is printed, and confirms it. */
    ClusterControl control() {
        return OperatorControl.onConsole(in, out, resources.executor());
    }

    private boolean pressed() {
        try {
            @Nullable String line = in.readLine();
            return line != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
