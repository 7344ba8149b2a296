package io.github.camundabackup.samples.documentation;

import io.github.camundabackup.bucket.FilesystemObjectStore;
import io.github.camundabackup.bucket.ObjectStore;
import java.nio.file.Path;

/** For docs/guide/buckets.md; what needs a cloud's library is in the tests of that module. */
final class BucketSnippets {
    private BucketSnippets() {}

    static ObjectStore directory() {
        // snippet
        ObjectStore zeebe = FilesystemObjectStore.of(Path.of("/mnt/zeebe-backups"));
        // end
        return zeebe;
    }
}
