package io.github.camundabackup.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.contrib.nio.testing.LocalStorageHelper;
import io.github.camundabackup.bucket.ObjectPage;
import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.bucket.StoredObject;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Against the store in memory that Google's library brings for tests. It keeps no order, knows no pages and takes every
 * bucket for an existing one, so that it cannot keep the contract of object stores; what it can is here.
 */
class GcsLocalStorageTest {
    private final Storage storage = LocalStorageHelper.customOptions(false).getService();
    private final ObjectStore store =
            new GcsObjectStore(new GcsBucket("zeebe", Optional.empty(), () -> storage), "clusters/one", "");

    @BeforeEach
    void write() {
        for (String key : new String[] {"one/manifests/1/5/0/manifest.json", "one/a", "one-2/b", "two/c"}) {
            storage.create(
                    BlobInfo.newBuilder("zeebe", "clusters/" + key).build(), key.getBytes(StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void listsWhatIsInTheFolder() {
        assertThat(store.list("", Optional.empty()).objects())
                .extracting(StoredObject::key)
                .containsExactlyInAnyOrder("a", "manifests/1/5/0/manifest.json");
        assertThat(store.list("manifests/1/", Optional.empty()).objects()).hasSize(1);
    }

    @Test
    void listsFoldersApart() {
        ObjectPage page = store.listFolder("", Optional.empty());

        assertThat(page.objects()).extracting(StoredObject::key).containsExactly("a");
        assertThat(page.folders()).containsExactly("manifests/");
    }

    @Test
    void looksAtAndReadsAnObject() throws IOException {
        assertThat(store.head("a"))
                .hasValueSatisfying(object -> assertThat(object.size()).isEqualTo(5));
        assertThat(store.head("b")).isEmpty();
        try (InputStream contents = store.open("a")) {
            assertThat(contents.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("one/a");
        }
    }

    @Test
    void aMissingObjectIsSaidToBeSo() {
        assertThatExceptionOfType(ObjectStoreException.class)
                .isThrownBy(() -> store.open("b"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.OBJECT_MISSING));
    }
}
