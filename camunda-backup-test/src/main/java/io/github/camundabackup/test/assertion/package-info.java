/** AssertJ assertions for what this library reports. */
@NullMarked
package io.github.camundabackup.test.assertion;

import org.jspecify.annotations.NullMarked;
