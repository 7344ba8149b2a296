/**
 * One HTTP layer for every endpoint. Not API. The only package that depends on the JDK's HTTP client.
 *
 * <p>{@code HttpApi} sends a request to one endpoint, with its authentication, headers and signature. Every status
 * below 300 and from 400 on is an answer, for the caller to judge; everything else is one of the exceptions of the
 * package {@code error}, which say whether the request may have had its effect ({@code Failures}).
 *
 * <p>Only requests that may be repeated without harm are repeated, a few times, with growing pauses, when a connection
 * breaks or a proxy is busy ({@code Retries}). A request that reached its timeout is not repeated.
 *
 * <p>Access tokens are asked for by one request at a time for all that wait, and kept while they are good
 * ({@code AccessTokens}); what shares resources shares them, and a pause of exporting has its own.
 *
 * <p>Answers are read into memory up to a limit, or streamed element by element. Redirects are not followed, since they
 * could carry credentials to another host. All futures complete on the threads of the client's resources.
 */
@NullMarked
package io.github.camundabackup.internal.http;

import org.jspecify.annotations.NullMarked;
