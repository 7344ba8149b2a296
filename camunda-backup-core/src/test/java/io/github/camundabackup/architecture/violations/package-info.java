/**
 * A small world in which every rule of {@code ArchitectureRules} is broken, laid out like the real one. Only for its
 * test.
 */
package io.github.camundabackup.architecture.violations;
