package io.github.camundabackup.bucket;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import io.github.camundabackup.error.ObjectStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
        List<StoredObject> found = new ArrayList<>();
        boolean more = collect(folder(prefix), prefix, page.orElse(""), found);
        return new ObjectPage(
                found, List.of(), more ? Optional.of(found.get(found.size() - 1).key()) : Optional.empty());
    }

    /** A page of what is below a directory; whether there is more. */
    private boolean collect(String folder, String prefix, String after, List<StoredObject> found) {
        for (Child child : children(folder)) {
            String key = child.key();
            boolean inPrefix = key.startsWith(prefix) || (child.isFolder() && prefix.startsWith(key));
            // A folder whose contents are all before what the last page ended with is not looked into.
            boolean passed = child.isFolder()
                    ? ORDER.compare(key, after) < 0 && !after.startsWith(key)
                    : ORDER.compare(key, after) <= 0;
            if (!inPrefix || passed) {
                continue;
            }
            if (child.isFolder()) {
                if (collect(key, prefix, after, found)) {
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

    @Override
    public ObjectPage listFolder(String folder, Optional<String> page) {
        requireRoot();
        List<Child> children = folder.isEmpty() || folder.endsWith("/") ? children(folder) : List.of();
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
        Optional<Path> file = inside(key);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes attributes = attributes(file.get());
            return attributes.isRegularFile() ? Optional.of(object(key, attributes)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure("Looking at", key, e);
        }
    }

    @Override
    public InputStream open(String key) {
        requireRoot();
        Path file = inside(key).orElseThrow(() -> missing(key, null));
        try {
            return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw missing(key, e);
        } catch (IOException e) {
            throw failure("Reading", key, e);
        }
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

    private List<Child> children(String folder) {
        Optional<Path> directory = inside(folder);
        if (directory.isEmpty()) {
            return List.of();
        }
        List<Child> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory.get())) {
            for (Path entry : entries) {
                child(folder, entry).ifPresent(children::add);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw failure("Listing", folder, e);
        }
        children.sort(Comparator.comparing(Child::key, ORDER));
        return children;
    }

    private Optional<Child> child(String folder, Path entry) {
        String key = folder + entry.getFileName();
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

    /** The file of a key; empty if the key leads out of the directory, or over a link. */
    private Optional<Path> inside(String key) {
        Path path = root;
        for (String name :
                Stream.of(key.split("/")).filter(name -> !name.isEmpty()).toList()) {
            if (name.equals(".") || name.equals("..") || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
                return Optional.empty();
            }
            path = path.resolve(name);
            if (Files.isSymbolicLink(path)) {
                return Optional.empty();
            }
        }
        return Optional.of(path);
    }

    private void requireRoot() {
        if (!Files.isDirectory(root)) {
            throw new ObjectStoreException(
                    Reason.BUCKET_MISSING,
                    "There is no " + description() + ". Is the volume that Zeebe writes its backups to mounted here?",
                    null);
        }
    }

    private ObjectStoreException missing(String key, @Nullable IOException cause) {
        return new ObjectStoreException(
                Reason.OBJECT_MISSING, "There is no " + key + " in the " + description() + ".", cause);
    }

    private ObjectStoreException failure(String what, String key, IOException cause) {
        boolean denied = cause instanceof AccessDeniedException;
        return new ObjectStoreException(
                denied ? Reason.FORBIDDEN : Reason.OTHER,
                what + (key.isEmpty() ? "" : " " + key + " in") + " the " + description() + " failed: " + cause
                        + (denied ? ". Whoever runs this needs the right to read it." : ""),
                cause);
    }
}
