package io.github.camundabackup.bucket;

import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The directory that Zeebe's filesystem store writes to ({@code FILESYSTEM}, 8.6 and later), or a copy of a bucket on a
 * disk. Reads nothing outside of the directory, and follows no link in it.
 */
public final class FilesystemObjectStore implements ObjectStore {
    private static final int PAGE = 1000;

    private final Path root;

    private FilesystemObjectStore(Path root) {
        this.root = root;
    }

    /**
     * The backups in a directory.
     *
     * @param directory Zeebe's base path; need not exist yet. It may itself be a link
     */
    public static FilesystemObjectStore of(Path directory) {
        return new FilesystemObjectStore(directory.toAbsolutePath().normalize());
    }

    @Override
    public ObjectPage list(String prefix, Optional<String> page) {
        requireRoot();
        requireNoInterruption("Listing", prefix);
        List<StoredObject> found = new ArrayList<>();
        boolean more = collect(folder(prefix), prefix, page.orElse(""), found);
        return new ObjectPage(
                found, List.of(), more ? Optional.of(found.get(found.size() - 1).key()) : Optional.empty());
    }

    /** A page of what is below a directory; whether there is more. */
    private boolean collect(String folder, String prefix, String after, List<StoredObject> found) {
        for (Child child : children(folder, key -> isWanted(key, prefix, after))) {
            if (child.isFolder()) {
                if (collect(child.key(), prefix, after, found)) {
                    return true;
                }
            } else if (found.size() == PAGE) {
                return true;
            } else {
                found.add(child.object());
            }
        }
        return false;
    }

    /** A folder whose contents are all before what the last page ended with is not looked into. */
    private static boolean isWanted(String key, String prefix, String after) {
        boolean isFolder = key.endsWith("/");
        boolean inPrefix = key.startsWith(prefix) || (isFolder && prefix.startsWith(key));
        boolean passed =
                isFolder ? ORDER.compare(key, after) < 0 && !after.startsWith(key) : ORDER.compare(key, after) <= 0;
        return inPrefix && !passed;
    }

    @Override
    public ObjectPage listFolder(String folder, Optional<String> page) {
        requireRoot();
        requireNoInterruption("Listing", folder);
        List<Child> children = folder.isEmpty() || folder.endsWith("/") ? children(folder, key -> true) : List.of();
        return new ObjectPage(
                children.stream()
                        .filter(child -> !child.isFolder())
                        .map(Child::object)
                        .toList(),
                children.stream().filter(Child::isFolder).map(Child::key).toList(),
                Optional.empty());
    }

    @Override
    public Optional<StoredObject> head(String key) {
        requireRoot();
        requireNoInterruption("Looking at", key);
        try {
            Optional<Path> file = file(key);
            return file.isEmpty() ? Optional.empty() : Optional.of(object(key, attributes(file.get())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure("Looking at", key, e);
        }
    }

    @Override
    public InputStream open(String key) {
        requireRoot();
        requireNoInterruption("Reading", key);
        try {
            // Not Files.newInputStream: that does not end when the thread is interrupted.
            return Channels.newInputStream(Files.newByteChannel(
                    file(key).orElseThrow(() -> missing(key, null)),
                    Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
        } catch (NoSuchFileException e) {
            throw missing(key, e);
        } catch (IOException e) {
            throw failure("Reading", key, e);
        }
    }

    /** Nothing else is read: a pipe would never end. */
    private Optional<Path> file(String key) throws IOException {
        Optional<Path> path = key.endsWith("/") ? Optional.empty() : inside(key);
        return path.isPresent() && attributes(path.get()).isRegularFile() ? path : Optional.empty();
    }

    @Override
    public String description() {
        return "directory " + root;
    }

    @Override
    public void close() {
        // There is nothing to free.
    }

    /** Keys are compared as bytes, and a folder as the prefix that it is: {@code a-b} is before {@code a/c}. */
    private static final Comparator<String> ORDER = (one, other) -> Arrays.compareUnsigned(bytes(one), bytes(other));

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** What lies directly in a directory. */
    private record Child(String key, boolean isFolder, BasicFileAttributes attributes) {
        StoredObject object() {
            return FilesystemObjectStore.object(key, attributes);
        }
    }

    /**
     * @param wanted whether a key, with a {@code /} at its end if it were a folder's, may be of interest: what is not
     *     is not looked at, which takes most of the time
     */
    private List<Child> children(String folder, Predicate<String> wanted) {
        List<Child> children = new ArrayList<>();
        try {
            Optional<Path> directory = inside(folder);
            if (directory.isEmpty()) {
                return List.of();
            }
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory.get())) {
                for (Path entry : entries) {
                    requireNoInterruption("Listing", folder);
                    String key = folder + entry.getFileName();
                    if (wanted.test(key) || wanted.test(key + "/")) {
                        child(key, entry)
                                .filter(child -> wanted.test(child.key()))
                                .ifPresent(children::add);
                    }
                }
            }
        } catch (DirectoryIteratorException e) {
            throw failure("Listing", folder, Objects.requireNonNull(e.getCause()));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw failure("Listing", folder, e);
        }
        children.sort(Comparator.comparing(Child::key, ORDER));
        return children;
    }

    private Optional<Child> child(String key, Path entry) {
        try {
            BasicFileAttributes attributes = attributes(entry);
            if (attributes.isDirectory()) {
                return Optional.of(new Child(key + "/", true, attributes));
            }
            return attributes.isRegularFile() ? Optional.of(new Child(key, false, attributes)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure("Looking at", key, e);
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static StoredObject object(String key, BasicFileAttributes attributes) {
        return new StoredObject(
                key,
                attributes.size(),
                Optional.of(attributes.lastModifiedTime().toInstant()),
                Optional.empty(),
                Map.of());
    }

    /** The longest folder that a prefix names. */
    private static String folder(String prefix) {
        return prefix.substring(0, prefix.lastIndexOf('/') + 1);
    }

    /**
     * What a key names; empty if there cannot be anything, as the key leads out of the directory, over a link or
     * through a file, or is none that a directory can hold.
     */
    private Optional<Path> inside(String key) throws IOException {
        Path path = root;
        String[] names = key.split("/", -1);
        for (int i = 0; i < names.length; i++) {
            if (i == names.length - 1 && names[i].isEmpty()) {
                return Optional.of(path);
            }
            if (!isName(names[i])) {
                return Optional.empty();
            }
            try {
                path = path.resolve(names[i]);
                BasicFileAttributes attributes = attributes(path);
                boolean passable = i == names.length - 1 ? !attributes.isSymbolicLink() : attributes.isDirectory();
                if (!passable) {
                    return Optional.empty();
                }
            } catch (InvalidPathException | NoSuchFileException e) {
                return Optional.empty();
            }
        }
        return Optional.of(path);
    }

    /** Not what a file system takes for another name, nor what is no name in some other one. */
    private static boolean isName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('\\') < 0
                && name.indexOf('\0') < 0;
    }

    private void requireRoot() {
        if (!Files.isDirectory(root)) {
            throw new ObjectStoreException(
                    Reason.BUCKET_MISSING,
                    "There is no " + description() + ". Is the volume that Zeebe writes its backups to mounted here?",
                    null);
        }
    }

    private void requireNoInterruption(String what, String key) {
        if (Thread.currentThread().isInterrupted()) {
            throw new ObjectStoreException(Reason.OTHER, what + of(key) + " was interrupted.", null);
        }
    }

    private String of(String key) {
        return (key.isEmpty() ? "" : " " + key + " in") + " the " + description();
    }

    private ObjectStoreException missing(String key, @Nullable IOException cause) {
        return new ObjectStoreException(
                Reason.OBJECT_MISSING, "There is no " + key + " in the " + description() + ".", cause);
    }

    private ObjectStoreException failure(String what, String key, IOException cause) {
        boolean denied = cause instanceof AccessDeniedException;
        return new ObjectStoreException(
                denied ? Reason.FORBIDDEN : Reason.OTHER,
                what + of(key) + " failed: " + cause
                        + (denied ? ". Whoever runs this needs the right to read it." : ""),
                cause);
    }
}
