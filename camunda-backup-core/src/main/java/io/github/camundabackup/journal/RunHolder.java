package io.github.camundabackup.journal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The holder of a cluster's lock: one run, or one recovery, in one process.
 *
 * @param id another one for each run and each recovery
 * @param host the machine's name, as it calls itself
 * @param process the number of the process on that machine
 * @param identity what tells the process from others with its number, where the operating system says so
 * @param since when it took the lock, by its own clock
 */
public record RunHolder(String id, String host, long process, Optional<ProcessIdentity> identity, Instant since) {
    public RunHolder {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(since, "since");
    }

    /** This process. */
    public static RunHolder here(Instant now) {
        return new RunHolder(
                UUID.randomUUID().toString(),
                hostName(),
                ProcessHandle.current().pid(),
                ProcessIdentity.here(),
                now);
    }

    /** Whether the process is known to have ended: on this machine only. Most often, nothing is known. */
    public boolean hasEnded() {
        // A machine that was cloned while it ran has another name before anything else.
        return host.equals(hostName())
                && identity.filter(known -> known.hasEnded(process)).isPresent();
    }

    // The variable first: asking for the name can mean to wait for a name server.
    private static String hostName() {
        return Optional.ofNullable(System.getenv("HOSTNAME"))
                .filter(name -> !name.isBlank())
                .orElseGet(() -> {
                    try {
                        return InetAddress.getLocalHost().getHostName();
                    } catch (UnknownHostException e) {
                        return "an unknown host";
                    }
                });
    }

    /** For messages. */
    @Override
    public String toString() {
        return "process " + process + " on " + host + " since " + since;
    }
}
