package da3.weights.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Stores the files of one model in the cache. Files with their final names are complete. */
final class SnapshotStore {

    private final HubCache cache;
    private final HubId id;
    private final HubHttp http;
    private final HubEnvironment environment;

    SnapshotStore(HubCache cache, HubId id, HubHttp http, HubEnvironment environment) {
        this.cache = cache;
        this.id = id;
        this.http = http;
        this.environment = environment;
    }

    /** Returns the number of bytes of a file that are still to be downloaded. */
    long missingBytes(RemoteFile file) throws HubException {
        if (isInstalled(file) || isComplete(cache.blob(id, file.etag()), file)) {
            return 0;
        }
        Path partial = partial(file);
        try {
            return file.bytes() - (Files.exists(partial) ? Math.min(Files.size(partial), file.bytes()) : 0);
        } catch (IOException e) {
            throw HubException.unreadable(partial, e);
        }
    }

    /** Creates the folders of the model, which fails early if the cache cannot be written. */
    void createFolders() throws HubException {
        Path blobs = cache.model(id).resolve("blobs");
        try {
            Files.createDirectories(blobs);
        } catch (IOException e) {
            throw HubException.unwritable(blobs, e);
        }
    }

    /** @throws HubException if the disk has too little space */
    void requireSpace(long bytes) throws HubException {
        Path folder = cache.model(id);
        long free;
        try {
            free = environment.freeSpace().bytes(folder);
        } catch (IOException e) {
            throw HubException.unreadable(folder, e);
        }
        if (free < bytes) {
            throw new HubException(id + " needs " + bytes + " more bytes, and " + cache.root() + " has " + free
                    + " free; set HF_HUB_CACHE to use another cache");
        }
    }

    /** Downloads a file, unless it is in the cache, and adds it to its snapshot. */
    Path fetch(RemoteFile file, HubProgress progress) throws HubException {
        Path installed = snapshotFile(file);
        Path blob = cache.blob(id, file.etag());
        try (BlobLock lock = BlobLock.acquire(cache.lock(id, file.etag()), file.name(), environment)) {
            if (!isInstalled(file)) {
                if (!isComplete(blob, file)) {
                    new BlobDownload(file, partial(file), http, environment, progress).run();
                    Files.move(partial(file), blob, StandardCopyOption.ATOMIC_MOVE);
                }
                Files.createDirectories(installed.getParent());
                install(blob, installed);
            }
            progress.update(file.name(), file.bytes(), file.bytes());
            return installed;
        } catch (HubException e) {
            throw e;
        } catch (IOException e) {
            throw HubException.unwritable(installed, e);
        }
    }

    /** Makes the revision refer to a commit, unless it is a commit itself. */
    void updateRef(String commit) throws HubException {
        if (id.isPinned()) {
            return;
        }
        Path ref = cache.ref(id);
        // revisions do not begin with a dot, so the temporary file is not one
        Path temporary = ref.resolveSibling("." + UUID.randomUUID());
        try {
            Files.createDirectories(ref.getParent());
            Files.writeString(temporary, commit);
            Files.move(temporary, ref, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw HubException.unwritable(ref, e);
        }
    }

    private Path snapshotFile(RemoteFile file) {
        return cache.snapshot(id, file.commit()).resolve(file.name());
    }

    private Path partial(RemoteFile file) {
        Path blob = cache.blob(id, file.etag());
        return blob.resolveSibling(blob.getFileName() + ".incomplete");
    }

    private static boolean isComplete(Path path, RemoteFile file) throws HubException {
        try {
            return Files.isRegularFile(path) && Files.size(path) == file.bytes();
        } catch (IOException e) {
            throw HubException.unreadable(path, e);
        }
    }

    private boolean isInstalled(RemoteFile file) throws HubException {
        Path installed = snapshotFile(file);
        try {
            return isComplete(installed, file)
                    && (!Files.isSymbolicLink(installed)
                            || Files.readSymbolicLink(installed).endsWith(file.etag()));
        } catch (IOException e) {
            throw HubException.unreadable(installed, e);
        }
    }

    private void install(Path blob, Path installed) throws IOException {
        Files.deleteIfExists(installed);
        Path target = installed.getParent().relativize(blob);
        try {
            environment.links().link(installed, target);
        } catch (UnsupportedOperationException | IOException e) {
            // Windows allows only some users to create links; like other clients, move the file then
            Files.move(blob, installed, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
