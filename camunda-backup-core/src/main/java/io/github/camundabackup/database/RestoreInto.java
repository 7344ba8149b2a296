package io.github.camundabackup.database;

/** What may be in a database that a dump is restored into. */
public enum RestoreInto {
    /** Nothing: a database with a table in it is refused, and left as it is. */
    EMPTY_DATABASE,
    /** Anything: all tables, views and sequences in it are dropped first, whoever they belong to. */
    DROPPED_DATABASE
}
