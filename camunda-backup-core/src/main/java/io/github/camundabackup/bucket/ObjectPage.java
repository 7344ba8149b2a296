package io.github.camundabackup.bucket;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A page of a listing.
 *
 * @param objects in ascending order of their keys
 * @param folders the whole prefixes, each with a {@code /} at its end; none in a listing of all objects below a prefix
 * @param next what to ask the following page with; empty on the last one. A page may be empty and not the last
 */
public record ObjectPage(List<StoredObject> objects, List<String> folders, Optional<String> next) {
    public ObjectPage {
        objects = List.copyOf(objects);
        folders = List.copyOf(folders);
        Objects.requireNonNull(next, "next");
    }
}
