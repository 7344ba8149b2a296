package io.github.camundabackup.recovery;

/** The choice of what a recovery does about an interrupted backup. */
public enum InterruptedBackup {
    /**
     * Go on with it under its id, where it is proven that this leads to a backup as good as any: every component that
     * was asked has its part, complete or being made, and the pause was held all the time. Otherwise abandon it.
     */
    CONTINUE,
    /** Resume exporting at once, and abandon it. */
    ABANDON
}
