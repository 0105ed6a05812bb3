package da3.weights.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The cache folder that all clients of the hub share, in its common layout:
 *
 * <pre>
 * models--owner--name/blobs/etag                  files by digest
 * models--owner--name/refs/revision               the commit of a branch or tag
 * models--owner--name/snapshots/commit/file       links to ../../blobs/etag, or files if links are not supported
 * .locks/models--owner--name/etag.lock            held while a blob is written
 * </pre>
 *
 * <p>Lookups never write, so they also work with a missing or read-only cache.
 *
 * @param root folder of all models
 */
public record HubCache(Path root) {

    static final String CONFIG = "config.json";
    static final String WEIGHTS = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";

    private static final String PREFIX = "models--";

    /**
     * Returns the snapshot of a model, if all its weights are present.
     *
     * @return a folder with model.safetensors, or with an index and all its shards
     * @throws HubException if the cache exists but cannot be read
     */
    public Optional<Path> find(HubId id) throws HubException {
        return commit(id).map(commit -> snapshot(id, commit)).filter(HubCache::isComplete);
    }

    /**
     * Returns all models that {@link #find} finds, ordered by name: one for each branch or tag, and one for each other
     * snapshot.
     *
     * @throws HubException if the cache exists but cannot be read
     */
    public List<CachedModel> list() throws HubException {
        List<CachedModel> models = new ArrayList<>();
        for (Path folder : children(root)) {
            String[] parts = folder.getFileName().toString().split("--");
            if (parts.length != 3 || !folder.getFileName().toString().startsWith(PREFIX)) {
                continue;
            }
            Set<Path> named = new HashSet<>();
            for (String revision : revisions(folder.resolve("refs"))) {
                validId(parts[1], parts[2], revision).flatMap(this::cached).ifPresent(model -> {
                    named.add(model.snapshot());
                    models.add(model);
                });
            }
            for (Path snapshot : children(folder.resolve("snapshots"))) {
                if (!named.contains(snapshot)) {
                    validId(parts[1], parts[2], snapshot.getFileName().toString())
                            .filter(HubId::isPinned)
                            .flatMap(this::cached)
                            .ifPresent(models::add);
                }
            }
        }
        models.sort(Comparator.comparing(model -> model.id().toString()));
        return List.copyOf(models);
    }

    Path model(HubId id) {
        return root.resolve(PREFIX + id.owner() + "--" + id.name());
    }

    Path blob(HubId id, String etag) {
        return model(id).resolve("blobs").resolve(etag);
    }

    Path ref(HubId id) {
        return model(id).resolve("refs").resolve(id.revision());
    }

    Path snapshot(HubId id, String commit) {
        return model(id).resolve("snapshots").resolve(commit);
    }

    Path lock(HubId id, String etag) {
        return root.resolve(".locks").resolve(model(id).getFileName()).resolve(etag + ".lock");
    }

    private Optional<String> commit(HubId id) throws HubException {
        if (id.isPinned()) {
            return Optional.of(id.revision());
        }
        try {
            return Optional.of(Files.readString(ref(id)).strip()).filter(HeaderValues::isCommit);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (!Files.isRegularFile(ref(id))) {
                return Optional.empty();
            }
            throw HubException.unreadable(ref(id), e);
        }
    }

    private static boolean isComplete(Path snapshot) {
        return !weights(snapshot).isEmpty();
    }

    /** Returns the files of the weights; empty if one is missing. */
    private static List<Path> weights(Path snapshot) {
        if (Files.isRegularFile(snapshot.resolve(WEIGHTS))) {
            return List.of(snapshot.resolve(WEIGHTS));
        }
        if (!Files.isRegularFile(snapshot.resolve(INDEX))) {
            return List.of();
        }
        try {
            List<Path> shards = ShardNames.shards(snapshot.resolve(INDEX)).stream()
                    .map(snapshot::resolve)
                    .toList();
            return shards.stream().allMatch(Files::isRegularFile) ? shards : List.of();
        } catch (HubException e) {
            // an invalid index has no weights
            return List.of();
        }
    }

    private Optional<CachedModel> cached(HubId id) {
        try {
            Optional<Path> snapshot = find(id);
            if (snapshot.isEmpty()) {
                return Optional.empty();
            }
            long bytes = 0;
            List<Path> files = new ArrayList<>(weights(snapshot.get()));
            files.add(snapshot.get().resolve(CONFIG));
            for (Path file : files) {
                bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
            }
            return Optional.of(new CachedModel(id, snapshot.get(), bytes));
        } catch (IOException e) {
            // a model that is being deleted is skipped
            return Optional.empty();
        }
    }

    /** Returns an id; empty if the name is not valid, since other clients also store models in the cache. */
    private static Optional<HubId> validId(String owner, String name, String revision) {
        try {
            return Optional.of(new HubId(owner, name, revision));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<String> revisions(Path refs) throws HubException {
        List<String> revisions = new ArrayList<>();
        for (Path child : children(refs)) {
            String name = child.getFileName().toString();
            if (Files.isDirectory(child)) {
                revisions(child).forEach(inner -> revisions.add(name + "/" + inner));
            } else {
                revisions.add(name);
            }
        }
        return revisions;
    }

    private static List<Path> children(Path folder) throws HubException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw HubException.unreadable(folder, e);
        }
    }
}
