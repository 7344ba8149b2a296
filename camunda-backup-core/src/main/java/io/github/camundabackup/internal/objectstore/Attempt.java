package io.github.camundabackup.internal.objectstore;

/**
 * Something that was asked of a store.
 *
 * @param text how a sentence begins that says so: what, of which object, in which place
 */
public record Attempt(Kind kind, String text) {
    /** What needs a permission of its own. */
    public enum Kind {
        LIST,
        HEAD,
        READ
    }
}
