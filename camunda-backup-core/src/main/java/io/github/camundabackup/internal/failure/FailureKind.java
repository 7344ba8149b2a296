package io.github.camundabackup.internal.failure;

import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.AccessTokenException;
import io.github.camundabackup.error.BackupIdInUseException;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.RequestTimedOutException;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.error.UnreachableException;

/** What a failure of an engine, a component or a proxy before them means for whoever wants something of it. */
public enum FailureKind {
    /** Credentials or privileges are wrong or missing: waiting makes nothing better. */
    DENIED,
    /** It passes by itself: nobody is there at the moment, or has too much to do, or takes no writes. */
    TRANSIENT,
    /** What was asked for is not there. */
    GONE,
    /** Something else is there already, or is going on. */
    CONFLICT,
    /** The answer is none of what was asked. */
    NONSENSE,
    /** Anything else, as an error inside a server: it may have passed at the next look, or stay. */
    OTHER;

    public static FailureKind of(Throwable failure) {
        if (failure instanceof SnapshotStoreException refused) {
            return switch (refused.reason()) {
                case UNAUTHENTICATED, FORBIDDEN -> DENIED;
                case REPOSITORY_BUSY, BLOCKED -> TRANSIENT;
                case REPOSITORY_MISSING, SNAPSHOT_MISSING, NO_MATCHING_INDEX -> GONE;
                case NAME_IN_USE, INDEX_IN_THE_WAY -> CONFLICT;
                case REPOSITORY_READ_ONLY, REPOSITORY_UNUSABLE, NAME_INVALID, OTHER -> FailureKind.OTHER;
            };
        }
        if (failure instanceof ObjectStoreException unread) {
            return switch (unread.reason()) {
                case UNAUTHENTICATED, FORBIDDEN, WRONG_KEY -> DENIED;
                case BUSY, UNREACHABLE -> TRANSIENT;
                case BUCKET_MISSING, OBJECT_MISSING -> GONE;
                case WRONG_REGION, OTHER -> FailureKind.OTHER;
            };
        }
        return failure instanceof RemoteCallException call ? of(call) : OTHER;
    }

    private static FailureKind of(RemoteCallException failure) {
        if (failure instanceof AccessDeniedException) {
            return DENIED;
        }
        if (failure instanceof AccessTokenException missing) {
            return switch (missing.reason()) {
                case REFUSED -> DENIED;
                case UNAVAILABLE -> TRANSIENT;
                case NO_TOKEN_ENDPOINT, NO_SECRET -> OTHER;
            };
        }
        if (failure instanceof BackupIdInUseException) {
            return CONFLICT;
        }
        if (failure instanceof UnreachableException || failure instanceof RequestTimedOutException) {
            return TRANSIENT;
        }
        if (failure instanceof UnexpectedAnswerException) {
            return NONSENSE;
        }
        return switch (((RequestRejectedException) failure).status()) {
            case 401, 403 -> DENIED;
            case 404, 410 -> GONE;
            case 409 -> CONFLICT;
            case 429, 502, 503, 504 -> TRANSIENT;
            default -> OTHER;
        };
    }

    /**
     * Whether a poll that fails so is repeated until its deadline: everything that a server or what is before it can
     * say while it starts, stops or is overloaded.
     */
    public static boolean isTolerableInAPoll(Throwable failure) {
        return switch (of(failure)) {
            case TRANSIENT -> true;
            case DENIED -> false;
            case GONE, CONFLICT, NONSENSE, OTHER -> failure instanceof RemoteCallException;
        };
    }

    /** Whether a request that failed so has certainly had no effect: it was refused, or did not get there. */
    public static boolean isWithoutEffect(Throwable failure) {
        return failure instanceof SnapshotStoreException
                || (failure instanceof RemoteCallException call && !call.mayHaveHappened());
    }

    /**
     * Whether it is over without anything being done. A block stays until disk space is freed, or until it is lifted.
     */
    public static boolean passesByItself(Throwable failure) {
        return of(failure) == TRANSIENT
                && !(failure instanceof SnapshotStoreException refused
                        && refused.reason() == SnapshotStoreException.Reason.BLOCKED);
    }
}
