/**
 * A benchmark: how long a backup takes, and how long it pauses exporting.
 *
 * <p>{@code Benchmark} backs up simulated clusters whose components take a known time, in three ways: with this
 * library, with the shell commands of Camunda's documentation and their loops that sleep, and as fast as the components
 * themselves allow ({@code Workload}). A {@code Comparison} has the three {@code Measurement}s side by side: the time
 * in all, and the time of the pause.
 *
 * <p>By default everything takes a tenth of its time; {@code -Dscale=1} shows true proportions. What a request costs is
 * not divided, and the first backups of the library are not counted.
 *
 * <p>{@code RestoreScale} measures a restore beside the documented loop, and {@code FleetScale} many backups at once.
 *
 * <p>{@code CheckScale} measures a consistency check of all backups in a large repository, beside what a shell can do
 * with the same list.
 *
 * <p>No cluster and no search engine is needed.
 */
@NullMarked
package io.github.camundabackup.samples.benchmark;

import org.jspecify.annotations.NullMarked;
