package io.github.camundabackup.endpoint;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Signs requests for servers that want more than a header, such as AWS (Signature Version 4 covers the hash of the
 * body). Called for every attempt of every request, on one of the client's threads; must be thread-safe.
 */
@FunctionalInterface
public interface RequestSigner {

    /**
     * Gives the headers to add to a request, for example {@code Authorization}, {@code X-Amz-Date} and
     * {@code X-Amz-Content-Sha256}. Their values are treated as secrets.
     *
     * @param method the HTTP method in upper case
     * @param uri the complete URI as it is sent, already encoded
     * @param headers the headers that are set so far, not counting those that the HTTP client adds ({@code Host} and
     *     {@code Content-Length})
     * @param body the body; empty if there is none. Must not be changed
     * @return the headers to set; a name that is already there is replaced
     */
    Map<String, String> sign(String method, URI uri, Map<String, List<String>> headers, byte[] body);
}
