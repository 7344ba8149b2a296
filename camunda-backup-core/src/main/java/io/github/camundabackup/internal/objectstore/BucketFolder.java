package io.github.camundabackup.internal.objectstore;

import io.github.camundabackup.bucket.ObjectPage;
import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.bucket.StoredObject;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import io.github.camundabackup.internal.objectstore.Attempt.Kind;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A folder of a bucket, as an object store whose keys are relative to it. */
public final class BucketFolder implements ObjectStore {
    private final Bucket bucket;
    private final String folder;
    private final String description;
    private final LibraryCalls calls;

    /**
     * @param bucket is closed with this
     * @param basePath where in the bucket; without or with {@code /} around it; empty for all of it
     * @param description of the bucket, without secrets
     */
    public BucketFolder(Bucket bucket, String basePath, String description) {
        this.bucket = bucket;
        folder = folder(basePath);
        this.description = description + (folder.isEmpty() ? "" : ", folder " + folder);
        calls = new LibraryCalls("object-store");
    }

    private static String folder(String basePath) {
        String path = basePath.replaceAll("^/+|/+$", "");
        return path.isEmpty() ? "" : path + "/";
    }

    @Override
    public ObjectPage list(String prefix, Optional<String> page) {
        return list(prefix, false, page);
    }

    @Override
    public ObjectPage listFolder(String folderInIt, Optional<String> page) {
        return list(folderInIt, true, page);
    }

    private ObjectPage list(String prefix, boolean foldersApart, Optional<String> page) {
        Attempt attempt = attempt(Kind.LIST, "Listing", prefix);
        if (leadsOut(prefix)) {
            return new ObjectPage(List.of(), List.of(), Optional.empty());
        }
        ObjectPage found = call(attempt, () -> bucket.list(folder + prefix, foldersApart, page), late -> {});
        return new ObjectPage(
                found.objects().stream().flatMap(this::inFolder).toList(),
                found.folders().stream().flatMap(this::inFolder).toList(),
                found.next());
    }

    /** A console's mark of the folder itself is none of its objects. */
    private Stream<StoredObject> inFolder(StoredObject object) {
        return inFolder(object.key())
                .map(key -> new StoredObject(
                        key, object.size(), object.modifiedAt(), object.checksum(), object.metadata()));
    }

    private Stream<String> inFolder(String key) {
        return key.startsWith(folder) && key.length() > folder.length()
                ? Stream.of(key.substring(folder.length()))
                : Stream.empty();
    }

    @Override
    public Optional<StoredObject> head(String key) {
        if (key.isEmpty() || leadsOut(key)) {
            return Optional.empty();
        }
        return call(attempt(Kind.HEAD, "Looking at", key), () -> bucket.head(folder + key), late -> {})
                .flatMap(object -> inFolder(object).findFirst());
    }

    @Override
    public InputStream open(String key) {
        Attempt attempt = attempt(Kind.READ, "Reading", key);
        if (key.isEmpty() || leadsOut(key)) {
            throw Failures.failure(Reason.OBJECT_MISSING, attempt, "there can be no such object.", null);
        }
        return new ContentsStream(
                bucket,
                calls,
                attempt,
                call(
                        attempt,
                        () -> bucket.open(folder + key),
                        late -> late.abort().run()));
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void close() {
        calls.close();
        bucket.close();
    }

    @Override
    public String toString() {
        return description;
    }

    private <T> T call(Attempt attempt, Callable<T> call, Consumer<T> late) {
        try {
            return calls.call(call, late);
        } catch (InterruptedException e) {
            throw LibraryCalls.interrupted(attempt, e);
        } catch (ExecutionException e) {
            Throwable failure = Objects.requireNonNull(e.getCause());
            throw failure instanceof ObjectStoreException known ? known : bucket.explain(attempt, failure);
        }
    }

    private Attempt attempt(Kind kind, String verb, String key) {
        return new Attempt(kind, verb + (key.isEmpty() ? "" : " " + key + " in") + " the " + description);
    }

    /** Between here and the store, something might take such a name for a way out of the folder. */
    private static boolean leadsOut(String key) {
        return Stream.of(key.split("/", -1)).anyMatch(name -> name.equals(".") || name.equals(".."));
    }
}
