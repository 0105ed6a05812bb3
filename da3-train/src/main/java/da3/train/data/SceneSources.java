package da3.train.data;

import java.io.IOException;
import java.nio.file.Files;
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

    /**
     * Opens folders of scenes that are to be labeled: as {@link #open}, or folders of images if the first folder has
     * neither archives nor shards.
     *
     * @param folders at least one
     * @param limits how the depth of archives is read
     * @param maxSide longer side in pixels that larger images are reduced to; 0 keeps their size
     * @throws IOException if a folder, shard or image cannot be read
     */
    public static SceneSource openForLabels(List<Path> folders, ArchiveScenes.DepthLimits limits, int maxSide)
            throws IOException {
        return hasNoScenes(folders.get(0))
                ? ImageFolders.open(folders, new ViewOptions(limits, maxSide, AssumedCamera.FIELD_OF_VIEW))
                : open(folders, limits);
    }

    private static boolean hasNoScenes(Path folder) throws IOException {
        return Files.isDirectory(folder)
                && ArchiveScenes.archives(folder).isEmpty()
                && ShardScenes.list(folder).isEmpty();
    }
}
