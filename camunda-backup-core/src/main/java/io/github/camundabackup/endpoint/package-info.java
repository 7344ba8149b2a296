/**
 * The address of a server, and how requests to it are made: authentication, headers, TLS, signing, timeouts.
 *
 * <p>An {@link io.github.camundabackup.endpoint.Endpoint} is the base URI of a management port or of a search engine,
 * with an {@link io.github.camundabackup.endpoint.Authentication} (basic, bearer token, API key, or the
 * {@link io.github.camundabackup.endpoint.ClientCredentials} of OAuth 2.0),
 * {@link io.github.camundabackup.endpoint.TlsSettings} (trusted certificates, client certificate), and, where a server
 * wants signed requests, a {@link io.github.camundabackup.endpoint.RequestSigner}.
 *
 * <p>Everything that can be checked is checked when the value is built, so that a wrong path or password is an error
 * then, and not in the middle of a backup.
 *
 * <p>Secrets are in no {@code toString()} and no message. Header values are made anew for each request, so that a token
 * can be exchanged while a client is open.
 *
 * <p>Depends on nothing. All values are immutable, and may be shared between clients.
 */
@NullMarked
package io.github.camundabackup.endpoint;

import org.jspecify.annotations.NullMarked;
