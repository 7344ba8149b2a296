/**
 * What the modules of clouds' object stores have in common, so that each has nothing but its vendor's library to speak
 * to: a folder of a bucket, calls that can be interrupted, and what failures mean. Not API.
 */
@NullMarked
package io.github.camundabackup.internal.objectstore;

import org.jspecify.annotations.NullMarked;
