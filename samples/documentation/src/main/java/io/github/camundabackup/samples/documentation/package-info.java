/**
 * The Java code of README.md and the pages in docs, so that it is compiled.
 *
 * <p>What stands between {@code // snippet} and {@code // end} appears there word for word; a test compares the two.
 * There is one class for each page, or for a few pages that belong together.
 *
 * <p>Change the code here and the page together. The code around the snippets makes them compile: variables that a
 * reader has anyway, and methods that stand for the reader's own, such as a call to an operator.
 *
 * <p>A snippet shows one thing. Errors are handled only where the page is about them. Imports are not shown.
 *
 * <p>Nothing in this package is run.
 */
@NullMarked
package io.github.camundabackup.samples.documentation;

import org.jspecify.annotations.NullMarked;
