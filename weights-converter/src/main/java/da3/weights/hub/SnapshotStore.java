package da3.weights.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Puts the files of one model into the cache. Under its final name a file is whole, or not there. */
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

    /** Bytes that still have to come, given what is here. */
    long missing(RemoteFile file) throws HubException {
        if (isPlaced(file) || isWhole(cache.blob(id, file.etag()), file)) {
            return 0;
        }
        Path partial = partial(file);
        try {
            return file.bytes() - (Files.exists(partial) ? Math.min(Files.size(partial), file.bytes()) : 0);
        } catch (IOException e) {
            throw HubException.unreadable(partial, e);
        }
    }

    /** Makes the folders of the model, which is also the first sign of a cache that cannot be written. */
    void prepare() throws HubException {
        Path blobs = cache.model(id).resolve("blobs");
        try {
            Files.createDirectories(blobs);
        } catch (IOException e) {
            throw HubException.unwritable(blobs, e);
        }
    }

    /** @throws HubException if the disk cannot take as much */
    void requireSpace(long bytes) throws HubException {
        Path folder = cache.model(id);
        long free;
        try {
            free = environment.freeSpace().at(folder);
        } catch (IOException e) {
            throw HubException.unreadable(folder, e);
        }
        if (free < bytes) {
            throw new HubException(id + " takes " + bytes + " more bytes, and " + cache.root() + " has " + free
                    + " free; HF_HUB_CACHE chooses another cache");
        }
    }

    /** Downloads what is missing of a file and puts it into its snapshot. */
    Path fetch(RemoteFile file, HubProgress progress) throws HubException {
        Path place = place(file);
        Path blob = cache.blob(id, file.etag());
        try (BlobLock lock = BlobLock.acquire(cache.lock(id, file.etag()), file.name(), environment)) {
            if (!isPlaced(file)) {
                if (!isWhole(blob, file)) {
                    new BlobDownload(file, partial(file), http, environment, progress).run();
                    Files.move(partial(file), blob, StandardCopyOption.ATOMIC_MOVE);
                }
                Files.createDirectories(place.getParent());
                put(blob, place);
            }
            progress.at(file.name(), file.bytes(), file.bytes());
            return place;
        } catch (HubException e) {
            throw e;
        } catch (IOException e) {
            throw HubException.unwritable(place, e);
        }
    }

    /** Lets the revision lead to a commit; a commit leads to itself. */
    void point(String commit) throws HubException {
        if (id.isPinned()) {
            return;
        }
        Path ref = cache.ref(id);
        // No revision begins with a dot, so that nobody takes the unfinished file for one.
        Path fresh = ref.resolveSibling("." + UUID.randomUUID());
        try {
            Files.createDirectories(ref.getParent());
            Files.writeString(fresh, commit);
            Files.move(fresh, ref, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw HubException.unwritable(ref, e);
        }
    }

    private Path place(RemoteFile file) {
        return cache.snapshot(id, file.commit()).resolve(file.name());
    }

    private Path partial(RemoteFile file) {
        Path blob = cache.blob(id, file.etag());
        return blob.resolveSibling(blob.getFileName() + ".incomplete");
    }

    private static boolean isWhole(Path path, RemoteFile file) throws HubException {
        try {
            return Files.isRegularFile(path) && Files.size(path) == file.bytes();
        } catch (IOException e) {
            throw HubException.unreadable(path, e);
        }
    }

    private boolean isPlaced(RemoteFile file) throws HubException {
        Path place = place(file);
        try {
            return isWhole(place, file)
                    && (!Files.isSymbolicLink(place)
                            || Files.readSymbolicLink(place).endsWith(file.etag()));
        } catch (IOException e) {
            throw HubException.unreadable(place, e);
        }
    }

    private void put(Path blob, Path place) throws IOException {
        Files.deleteIfExists(place);
        Path target = place.getParent().relativize(blob);
        try {
            environment.links().link(place, target);
        } catch (UnsupportedOperationException | IOException e) {
            // Windows lets only some users make links; the cache's other clients also move the file then.
            Files.move(blob, place, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
