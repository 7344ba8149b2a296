package io.github.camundabackup.backup.engine;

import io.github.camundabackup.model.BackupId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The ids that are used, as far as it is known, and the next one. Thread-safe. */
final class UsedIds {
    private static final BackupId HIGHEST = BackupId.of(999_999_999_999_999_999L);
    /** A clock that is wrong by less is not worth a word, nor is a backup in the second of another one. */
    private static final Duration TOLERABLE = Duration.ofMinutes(1);

    private final String repository;
    private final Map<String, BackupId> highest = new TreeMap<>();

    /**
     * @param repository where whole backups are known, as the subject of a sentence
     */
    UsedIds(String repository) {
        this.repository = repository;
    }

    /** An id that leaves no room for higher ones. */
    static boolean isTooHigh(BackupId id) {
        return id.compareTo(HIGHEST) > 0;
    }

    /**
     * @param knownTo who knows it, as the subject of a sentence
     */
    synchronized void add(BackupId used, String knownTo) {
        highest.merge(knownTo, used, (one, other) -> one.compareTo(other) >= 0 ? one : other);
    }

    /** The repository knows it. */
    void addOwn(BackupId used) {
        add(used, repository);
    }

    /**
     * An id that can be used.
     *
     * @param remarks what an operator should know of the choice
     */
    record Choice(BackupId backupId, List<String> remarks) {}

    /**
     * The id to take in the place of one that is not higher than all; empty if it is, or if there can be none. It is the
     * time, in milliseconds if ids of that kind are used, unless an id is used that is higher than that.
     */
    synchronized Optional<Choice> other(BackupId candidate, Instant now) {
        return known(candidate).filter(UsedIds::leavesRoom).map(known -> choice(known.getKey(), known.getValue(), now));
    }

    private static boolean leavesRoom(Map.Entry<String, BackupId> known) {
        return known.getValue().compareTo(HIGHEST) < 0;
    }

    private Choice choice(String knownTo, BackupId known, Instant now) {
        boolean milliseconds = known.looksLikeMilliseconds();
        BackupId time = milliseconds ? BackupId.of(now.toEpochMilli()) : BackupId.ofEpochSecond(now);
        if (time.compareTo(known) > 0) {
            return new Choice(
                    time, milliseconds && !isOwnInMilliseconds() ? List.of(first(time, knownTo, known)) : List.of());
        }
        BackupId next = BackupId.of(known.value() + 1);
        long ahead = known.value() - time.value();
        long tolerable = milliseconds ? TOLERABLE.toMillis() : TOLERABLE.toSeconds();
        return new Choice(
                next,
                ahead <= tolerable
                        ? List.of()
                        : List.of(
                                "The id of this backup is " + next + ", and not the time, which is lower than " + known
                                        + ", an id that " + knownTo
                                        + " has already. If that one was the time when it was taken, a clock is wrong:"
                                        + " this machine says that it is " + now + "."));
    }

    private boolean isOwnInMilliseconds() {
        BackupId own = highest.get(repository);
        return own != null && own.looksLikeMilliseconds();
    }

    private static String first(BackupId chosen, String knownTo, BackupId known) {
        return "The id of this backup is the time in milliseconds, " + chosen
                + ", and those of later ones will be, too: " + knownTo + " has the id " + known
                + ", which is of that kind, as Camunda 8.9 and later generates them, and ids in seconds are lower than"
                + " all of these.";
    }

    /** Why an id cannot be used: sentences. */
    synchronized Optional<String> problem(BackupId wanted) {
        return known(wanted)
                .map(known ->
                        "The id " + wanted + " is not higher than " + known.getValue() + ", which " + known.getKey()
                                + " has already. Ids must grow: Zeebe refuses lower ones, and restoring the latest"
                                + " backup relies on it."
                                + (leavesRoom(known)
                                        ? " Pass a higher one, or none: CamundaBackupClient.backup() chooses one."
                                        : " There is no higher one: ids have up to 18 digits."));
    }

    /** The highest one that is used and that an id is not higher than, with who knows it. */
    private Optional<Map.Entry<String, BackupId>> known(BackupId wanted) {
        return highest.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(known -> known.getValue().compareTo(wanted) >= 0);
    }
}
