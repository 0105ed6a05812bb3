package da3.weights.hub;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Pulls models from the hub into the cache that all its clients share. What the hub says is checked before it is used:
 * a file is kept only with the announced size and digest, and no name leaves the cache.
 *
 * <p>Any number of threads and processes of this software may pull one model at once; it is downloaded once. Clients of
 * other makers may lock in other ways: a model should not be pulled by two of them at the same time.
 *
 * <p>Source: the hub's documentation of its cache and of its HTTP headers.
 */
public final class HubClient {

    private final HubSettings settings;
    private final HubEnvironment environment;
    private final HubCache cache;
    private final HubHttp http;

    /** @param warnings told one sentence for whatever is no error: a token not sent, an attempt repeated, a wait */
    public HubClient(HubSettings settings, Consumer<String> warnings) {
        this(settings, HubEnvironment.real(warnings));
    }

    HubClient(HubSettings settings, HubEnvironment environment) {
        this.settings = settings;
        this.environment = environment;
        this.cache = new HubCache(settings.cache());
        this.http = new HubHttp(settings, environment);
    }

    /** The cache that models are pulled into. */
    public HubCache cache() {
        return cache;
    }

    /**
     * Makes a model's configuration and weights present. What is in the cache already is not downloaded again; what a
     * broken pull left is continued.
     *
     * @return the snapshot's folder
     * @throws HubException if the hub does not give the model out, gives out something else, or cannot be reached, if
     *     the cache cannot take it, or if settings are offline and the cache lacks it
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
            missing += store.missing(file);
        }
        store.requireSpace(missing);
        for (RemoteFile file : files) {
            store.fetch(file, progress);
        }
        String commit = files.get(0).commit();
        store.point(commit);
        return cache.snapshot(id, commit);
    }

    /** The weights last, so that a snapshot with weights has its configuration too. */
    private static List<RemoteFile> files(HubId id, RemoteModel remote, SnapshotStore store, HubProgress progress)
            throws HubException {
        List<RemoteFile> files = new ArrayList<>();
        remote.file(HubCache.CONFIG).ifPresent(files::add);
        Optional<RemoteFile> weights = remote.file(HubCache.WEIGHTS);
        if (weights.isPresent()) {
            store.prepare();
            files.add(weights.get());
            return files;
        }
        RemoteFile index = remote.file(HubCache.INDEX)
                .orElseThrow(() -> new HubException("the hub has neither " + HubCache.WEIGHTS + " nor " + HubCache.INDEX
                        + " of " + id + "; is there such a model and revision?"));
        if (index.bytes() > ShardNames.MOST_BYTES) {
            throw new HubException(HubCache.INDEX + " of " + id + " has " + index.bytes() + " bytes; legal: at most "
                    + ShardNames.MOST_BYTES);
        }
        store.prepare();
        store.requireSpace(store.missing(index));
        for (String shard : ShardNames.shards(store.fetch(index, progress))) {
            files.add(remote.file(shard)
                    .orElseThrow(() -> new HubException(
                            "the index of " + id + " names " + shard + ", which the hub does not have")));
        }
        return files;
    }
}
