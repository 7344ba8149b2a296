/**
 * Parts of sentences that several packages write. Not API.
 *
 * <p>Messages, reports, plans and instructions name components, list values and count things in the same way:
 * {@code Operate, Tasklist}, {@code 1 index}, {@code 2 indices}. {@link io.github.camundabackup.internal.text.Phrases}
 * has these parts, so that the texts agree with each other; and {@link io.github.camundabackup.internal.text.Wildcards}
 * says which names a pattern means. {@link io.github.camundabackup.internal.text.NotCovered} is the sentence about what
 * no backup holds.
 *
 * <p>Texts are for people, and may change in any version. Programs read the JSON of reports instead, whose names are
 * stable.
 *
 * <p>What belongs to one kind of text only stays with it: the text of a report is made beside the report, by a class
 * whose name ends in {@code Text}. The joining of this library's sentences with those of servers is in the package
 * {@code error}, which every other package may use.
 *
 * <p>Depends on the model only.
 */
@NullMarked
package io.github.camundabackup.internal.text;

import org.jspecify.annotations.NullMarked;
