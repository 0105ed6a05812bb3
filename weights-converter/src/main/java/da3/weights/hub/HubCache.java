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
 * The folder that clients of the hub share, in the layout that all of them know:
 *
 * <pre>
 * models--owner--name/blobs/etag                  the files by their digest
 * models--owner--name/refs/revision               the commit of a branch or tag
 * models--owner--name/snapshots/commit/file       links to ../../blobs/etag, or the files where links cannot be made
 * .locks/models--owner--name/etag.lock            held while a blob is written
 * </pre>
 *
 * <p>Looking never writes, so that a missing or read-only cache is as good as any.
 *
 * @param root the folder of all models
 */
public record HubCache(Path root) {

    static final String CONFIG = "config.json";
    static final String WEIGHTS = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";

    private static final String PREFIX = "models--";

    /**
     * The snapshot of a model, if all that its network needs is there.
     *
     * @return a folder with model.safetensors, or with an index and all its shards
     * @throws HubException if the cache is there but cannot be read
     */
    public Optional<Path> find(HubId id) throws HubException {
        return commit(id).map(commit -> snapshot(id, commit)).filter(HubCache::isComplete);
    }

    /**
     * All models that {@link #find} finds, ordered by name: one for each branch or tag, and one for each snapshot that
     * none of these leads to.
     *
     * @throws HubException if the cache is there but cannot be read
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
                legal(parts[1], parts[2], revision).flatMap(this::cached).ifPresent(model -> {
                    named.add(model.snapshot());
                    models.add(model);
                });
            }
            for (Path snapshot : children(folder.resolve("snapshots"))) {
                if (!named.contains(snapshot)) {
                    legal(parts[1], parts[2], snapshot.getFileName().toString())
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

    /** The files of the weights; none if one is missing. */
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
            // An index that is none leads to no weights.
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
            // One that is being deleted does not hide the others.
            return Optional.empty();
        }
    }

    /** The cache also holds models of other clients, some with names that no model here has. */
    private static Optional<HubId> legal(String owner, String name, String revision) {
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
