package io.github.camundabackup.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.io.Serial;
import java.util.Locale;
import reactor.core.publisher.Mono;

/**
 * Lets no web page through that something before the store has answered: the library does not understand it, and
 * forgets the status. Whatever the store answers has the header {@code x-ms-request-id}.
 */
final class OwnAnswers implements HttpPipelinePolicy {
    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return next.process().map(OwnAnswers::own);
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        return own(next.processSync());
    }

    private static HttpResponse own(HttpResponse response) {
        String type = "" + response.getHeaders().getValue(HttpHeaderName.CONTENT_TYPE);
        boolean isPage = type.toLowerCase(Locale.ROOT).startsWith("text/html");
        if (isPage && response.getHeaders().getValue(HttpHeaderName.X_MS_REQUEST_ID) == null) {
            response.close();
            throw new ForeignAnswerException(response.getStatusCode());
        }
        return response;
    }

    /** An answer that is not the store's. */
    static final class ForeignAnswerException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final int status;

        ForeignAnswerException(int status) {
            super("A web page with the status " + status);
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
