package da3.weights.hub;

import da3.geometry.check.Check;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Downloads models from the hub into the cache that its clients share. Responses are validated: a file is kept only if
 * it has the announced size and digest, and file names cannot refer to locations outside the cache.
 *
 * <p>If several threads and processes of this software pull the same model concurrently, it is downloaded once. Other
 * clients may use other locks, so they should not pull the same model at the same time.
 *
 * <p>Source: documentation of the hub on its cache and HTTP headers.
 */
public final class HubClient {

    private final HubSettings settings;
    private final HubEnvironment environment;
    private final HubCache cache;
    private final HubHttp http;

    /**
     * @param warnings receives one sentence per event that is not an error, for instance a repeated attempt or a wait
     */
    public HubClient(HubSettings settings, Consumer<String> warnings) {
        this(settings, HubEnvironment.real(warnings));
    }

    HubClient(HubSettings settings, HubEnvironment environment) {
        this.settings = settings;
        this.environment = environment;
        this.cache = new HubCache(settings.cache());
        this.http = new HubHttp(settings, environment);
    }

    /** Returns the cache. */
    public HubCache cache() {
        return cache;
    }

    /**
     * Downloads the configuration and weights of a model, except for files that are in the cache, and returns its
     * folder. Continues interrupted downloads.
     *
     * @return folder of the snapshot
     * @throws HubException if the hub denies access, sends invalid data or cannot be reached, the cache cannot be
     *     written, or the settings are offline and the model is not in the cache
     */
    public Path pull(HubId id, HubProgress progress) throws HubException {
        if (settings.offline() || id.isPinned()) {
            Optional<Path> present = cache.find(id);
            if (present.isPresent()) {
                return present.get();
            }
        }
        if (settings.offline()) {
            throw new HubException(id + " is not in the cache " + settings.cache() + ", and HF_HUB_OFFLINE is set");
        }
        RemoteModel remote = new RemoteModel(id, settings, http, environment);
        SnapshotStore store = new SnapshotStore(cache, id, http, environment);
        List<RemoteFile> files = files(id, remote, store, progress);
        long missing = 0;
        for (RemoteFile file : files) {
            missing += store.missingBytes(file);
        }
        store.requireSpace(missing);
        for (RemoteFile file : files) {
            store.fetch(file, progress);
        }
        String commit = files.get(0).commit();
        store.updateRef(commit);
        return cache.snapshot(id, commit);
    }

    /** Returns the files of a model, weights last, so that a snapshot with weights also has its configuration. */
    private static List<RemoteFile> files(HubId id, RemoteModel remote, SnapshotStore store, HubProgress progress)
            throws HubException {
        List<RemoteFile> files = new ArrayList<>();
        remote.file(HubCache.CONFIG).ifPresent(files::add);
        Optional<RemoteFile> weights = remote.file(HubCache.WEIGHTS);
        if (weights.isPresent()) {
            store.createFolders();
            files.add(weights.get());
            return files;
        }
        RemoteFile index = remote.file(HubCache.INDEX)
                .orElseThrow(() -> new HubException("the hub has neither " + HubCache.WEIGHTS + " nor " + HubCache.INDEX
                        + " of " + id + "; is there such a model and revision?"));
        if (index.bytes() > ShardNames.MAX_BYTES) {
            throw new HubException(Check.message(
                    "size of " + HubCache.INDEX + " of " + id,
                    "at most " + ShardNames.MAX_BYTES + " bytes",
                    index.bytes()));
        }
        store.createFolders();
        store.requireSpace(store.missingBytes(index));
        for (String shard : ShardNames.shards(store.fetch(index, progress))) {
            files.add(remote.file(shard)
                    .orElseThrow(() -> new HubException(
                            "the index of " + id + " names " + shard + ", which the hub does not have")));
        }
        return files;
    }
}
