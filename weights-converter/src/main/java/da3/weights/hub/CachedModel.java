package da3.weights.hub;

import java.nio.file.Path;

/**
 * A model whose weights are all in the cache.
 *
 * @param id id with the revision that was pulled, or a commit
 * @param snapshot folder with the files
 * @param bytes size of weights and configuration
 */
public record CachedModel(HubId id, Path snapshot, long bytes) {}
