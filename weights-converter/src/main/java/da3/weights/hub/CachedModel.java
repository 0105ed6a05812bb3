package da3.weights.hub;

import java.nio.file.Path;

/**
 * A model that is in the cache with all its weights.
 *
 * @param id at the revision it was pulled by, or at a commit
 * @param snapshot the folder with its files
 * @param bytes of its weights and its configuration
 */
public record CachedModel(HubId id, Path snapshot, long bytes) {}
