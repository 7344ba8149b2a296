package io.github.camundabackup.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What tells a process from every other one that ever had its number: so that a process which has ended is known to
 * have ended, and its lease need not be waited for. Known on Linux only.
 *
 * @param boot the kernel's id of this start of the machine
 * @param namespace the kernel's name of the processes that are numbered together: containers have their own
 * @param startTicks when the process began, in the kernel's ticks since the machine's start
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
public record ProcessIdentity(String boot, String namespace, long startTicks) {
    private static final Path PROC = Path.of("/proc");

    public ProcessIdentity {
        Objects.requireNonNull(boot, "boot");
        Objects.requireNonNull(namespace, "namespace");
    }

    /** This process; nothing where the operating system does not tell. */
    public static Optional<ProcessIdentity> here() {
        return of(ProcessHandle.current().pid());
    }

    /**
     * A process of this machine that runs now; nothing where the operating system does not tell.
     *
     * @param process its number
     */
    public static Optional<ProcessIdentity> of(long process) {
        return of(PROC, process);
    }

    static Optional<ProcessIdentity> of(Path proc, long process) {
        try {
            return Optional.of(new ProcessIdentity(
                    Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip(),
                    Files.readSymbolicLink(proc.resolve("self/ns/pid")).toString(),
                    Stat.read(proc, process).startTicks()));
        } catch (IOException | RuntimeException unknown) {
            return Optional.empty();
        }
    }

    /**
     * Whether the process is known to have ended: it ran on this machine, since whose start its number is free or has
     * been given to another process. Of a process elsewhere, or in another container, it is not known.
     *
     * @param process its number
     */
    public boolean hasEnded(long process) {
        return hasEnded(PROC, process);
    }

    boolean hasEnded(Path proc, long process) {
        // The first process always runs. Where it is not shown, others are hidden, too.
        boolean comparable = of(proc, 1)
                .filter(first -> first.boot.equals(boot) && first.namespace.equals(namespace))
                .isPresent();
        if (!comparable) {
            return false;
        }
        try {
            Stat now = Stat.read(proc, process);
            return now.hasEnded() || now.startTicks() != startTicks;
        } catch (NoSuchFileException gone) {
            return true;
        } catch (IOException | RuntimeException unknown) {
            return false;
        }
    }

    /** What the kernel says of a process. */
    private record Stat(String state, long startTicks) {
        /** The number of the field {@code starttime}, counted from the state. */
        private static final int START_TIME = 19;

        static Stat read(Path proc, long process) throws IOException {
            String text = Files.readString(proc.resolve(Long.toString(process)).resolve("stat"));
            // The name of the program stands in parentheses, and may hold some.
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            return new Stat(fields[0], Long.parseLong(fields[START_TIME]));
        }

        /** It runs no more, but whoever began it has not asked yet how it ended. */
        boolean hasEnded() {
            return state.equals("Z") || state.equals("X");
        }
    }
}
