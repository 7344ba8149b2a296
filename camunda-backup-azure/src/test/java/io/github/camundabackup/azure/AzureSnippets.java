package io.github.camundabackup.azure;

import io.github.camundabackup.bucket.ObjectStore;
import java.net.URI;

/** For docs/guide/buckets.md. Here, so that not everybody who builds the documentation needs Azure's library. */
final class AzureSnippets {
    private AzureSnippets() {}

    static ObjectStore azure(String accountKey) {
        // snippet
        ObjectStore zeebe = AzureObjectStore.builder("zeebe-backups")
                .endpoint(URI.create("https://account.blob.core.windows.net"))
                .accountKey("account", accountKey)
                .build();
        // end
        return zeebe;
    }
}
