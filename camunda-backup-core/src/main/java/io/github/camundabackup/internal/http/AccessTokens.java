package io.github.camundabackup.internal.http;

import io.github.camundabackup.endpoint.ClientCredentials;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access tokens of one client: kept while they are good, and asked for by one request at a time, for which all wait
 * that need one. A token that is to be renewed, but is good still, holds no request up: it is used meanwhile, also if there
 * is no new one for a while. Thread-safe.
 */
final class AccessTokens {
    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);
    /** After a renewal that failed, so that not every request begins another one. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final AccessTokenRequest request;
    private final TimeSource time;
    private final String client;
    private @Nullable AccessToken kept;
    private @Nullable CompletableFuture<AccessToken> underway;
    private long renewalNotBefore;

    private AccessTokens(ClientCredentials credentials, ClientResources resources) {
        request = new AccessTokenRequest(credentials, resources);
        time = resources.time();
        client = credentials.toString();
        renewalNotBefore = time.nanoTime();
    }

    /** Those of all clients, for endpoints that share resources. Whoever uses some keeps them as long as it does. */
    static final class Shared {
        private final Map<ClientCredentials, WeakReference<AccessTokens>> tokens = new HashMap<>();
        private final ClientResources resources;

        Shared(ClientResources resources) {
            this.resources = resources;
        }

        synchronized AccessTokens of(ClientCredentials credentials) {
            tokens.values().removeIf(known -> known.get() == null);
            WeakReference<AccessTokens> known = tokens.get(credentials);
            AccessTokens there = known == null ? null : known.get();
            if (there != null) {
                return there;
            }
            AccessTokens created = new AccessTokens(credentials, resources);
            tokens.put(credentials, new WeakReference<>(created));
            return created;
        }
    }

    /**
     * A token that is good now.
     *
     * @return fails with an {@link AccessTokenRequest.FailedException} or another
     *     {@link io.github.camundabackup.error.CamundaBackupException}
     */
    CompletableFuture<AccessToken> current() {
        AccessToken good = good();
        return good == null ? next() : CompletableFuture.completedFuture(good);
    }

    /** Another token than one that was refused. */
    CompletableFuture<AccessToken> insteadOf(AccessToken refused) {
        synchronized (this) {
            if (kept == refused) {
                kept = null;
            }
        }
        return current();
    }

    private @Nullable AccessToken good() {
        AccessToken good;
        synchronized (this) {
            long now = time.nanoTime();
            good = kept;
            if (good == null || !good.isUsable(now)) {
                return null;
            }
            if (!good.isToBeRenewed(now) || now - renewalNotBefore < 0) {
                return good;
            }
        }
        next().whenComplete((token, error) -> {
            if (error != null) {
                synchronized (this) {
                    renewalNotBefore = time.nanoTime() + PAUSE.toNanos();
                }
                LOG.debug("Could not renew the access token of {} yet: {}", client, Futures.unwrap(error));
            }
        });
        return good;
    }

    /** What the request brings that is under way, or one that is begun now. */
    private CompletableFuture<AccessToken> next() {
        CompletableFuture<AccessToken> mine = new CompletableFuture<>();
        synchronized (this) {
            if (underway != null) {
                return underway.copy();
            }
            underway = mine;
        }
        request.send().whenComplete((token, error) -> {
            synchronized (this) {
                underway = null;
                if (error == null) {
                    kept = token;
                }
            }
            if (error == null) {
                LOG.debug("Got an access token of {}", client);
                mine.complete(token);
            } else {
                mine.completeExceptionally(Futures.unwrap(error));
            }
        });
        return mine.copy();
    }
}
