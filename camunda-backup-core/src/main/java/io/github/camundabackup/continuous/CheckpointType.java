package io.github.camundabackup.continuous;

/** What a checkpoint was made for. */
public enum CheckpointType {
    /** Only a place in the log; nothing was uploaded. */
    MARKER,
    /** A backup on Zeebe's own schedule. */
    SCHEDULED_BACKUP,
    /** A backup that was asked for. */
    MANUAL_BACKUP,
    /** Not said, or a type that this version does not know. */
    UNKNOWN;

    /** Whether Zeebe makes it by itself: a cluster that does refuses ids that are chosen by others. */
    public boolean isAutomatic() {
        return this == MARKER || this == SCHEDULED_BACKUP;
    }

    /** The type of that name; {@link #UNKNOWN} for any other. */
    public static CheckpointType parse(String name) {
        for (CheckpointType type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return UNKNOWN;
    }
}
