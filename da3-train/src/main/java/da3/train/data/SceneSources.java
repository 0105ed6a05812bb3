package da3.train.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Opens folders of scenes. */
public final class SceneSources {

    private SceneSources() {}

    /**
     * Opens folders of archives if the first folder has any, and folders of shards otherwise.
     *
     * @param folders at least one
     * @param limits how the depth of archives is read
     * @throws IOException if a folder or shard cannot be read
     */
    public static SceneSource open(List<Path> folders, ArchiveScenes.DepthLimits limits) throws IOException {
        return ArchiveScenes.archives(folders.get(0)).isEmpty()
                ? ShardScenes.open(folders)
                : ArchiveScenes.open(folders, limits);
    }
}
