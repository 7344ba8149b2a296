/**
 * Reading and writing of JSON. Not API. The only package that depends on Jackson.
 *
 * <p>Two kinds of documents are read in two ways. What a server sends is read leniently ({@code JsonValue}): a field
 * that is absent, null or of another type is empty, and unknown fields are ignored, because Camunda's components and
 * versions disagree about their fields. What this library has written itself is read strictly ({@code Document}): a
 * missing or unknown value is an error.
 *
 * <p>{@code JsonArrayStream} reads a long array as its bytes arrive, element by element, so that the listing of a
 * repository with 100,000 snapshots needs the memory of one. {@code Times} reads the formats of dates of all
 * components.
 *
 * <p>Jackson's limits on the size of input stay on. Messages describe an error in words of this library.
 */
@NullMarked
package io.github.camundabackup.internal.json;

import org.jspecify.annotations.NullMarked;
