package da3.train.data;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Scenes that are kept in memory after they were read, up to a number of bytes; those that were not used for the longest
 * time are released first.
 */
public final class CachedScenes implements SceneSource {

    private final SceneSource source;
    private final long maxBytes;
    private final Map<Integer, TrainingScene> cached = new LinkedHashMap<>(16, 0.75f, true); // by last use
    private long bytes;

    /** @param maxBytes maximum memory of the cached scenes together */
    public CachedScenes(SceneSource source, long maxBytes) {
        this.source = source;
        this.maxBytes = maxBytes;
    }

    @Override
    public int scenes() {
        return source.scenes();
    }

    @Override
    public TrainingScene read(int index) throws IOException {
        synchronized (this) {
            TrainingScene scene = cached.get(index);
            if (scene != null) {
                return scene;
            }
        }
        TrainingScene scene = source.read(index);
        put(index, scene);
        return scene;
    }

    private synchronized void put(int index, TrainingScene scene) {
        if (cached.put(index, scene) == null) {
            bytes += size(scene);
        }
        Iterator<TrainingScene> oldest = cached.values().iterator();
        while (bytes > maxBytes) {
            bytes -= size(oldest.next());
            oldest.remove();
        }
    }

    private static long size(TrainingScene scene) {
        return scene.rgb().length + (long) Float.BYTES * scene.depth().length;
    }

    @Override
    public int views(int index) throws IOException {
        return source.views(index);
    }

    @Override
    public String name(int index) {
        return source.name(index);
    }

    @Override
    public boolean hasCameras() {
        return source.hasCameras();
    }

    @Override
    public boolean hasCameras(int index) {
        return source.hasCameras(index);
    }

    @Override
    public boolean hasDepth() {
        return source.hasDepth();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
