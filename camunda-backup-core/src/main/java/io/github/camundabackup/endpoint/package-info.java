/** Where a server is and how it wants to be spoken to: URI, authentication, headers, TLS and request signing. */
@NullMarked
package io.github.camundabackup.endpoint;

import org.jspecify.annotations.NullMarked;
