package io.github.camundabackup.gcs;

import io.github.camundabackup.bucket.ObjectStore;
import java.net.URI;

/** For docs/guide/buckets.md. Here, so that not everybody who builds the documentation needs Google's library. */
final class GcsSnippets {
    private GcsSnippets() {}

    static ObjectStore google() {
        // snippet
        ObjectStore zeebe =
                GcsObjectStore.builder("zeebe-backups").basePath("production").build();
        // end
        return zeebe;
    }

    static ObjectStore emulator() {
        // snippet
        ObjectStore zeebe = GcsObjectStore.builder("zeebe-backups")
                .host(URI.create("http://localhost:4443"))
                .noCredentials()
                .build();
        // end
        return zeebe;
    }
}
