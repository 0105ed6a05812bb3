package da3.train.data;

import java.io.IOException;
import java.util.stream.IntStream;

/** Some scenes of a source, in the same order. Whoever opened the source closes it. */
public final class SelectedScenes implements SceneSource {

    private final SceneSource source;
    private final int[] indices; // of the scenes in the source

    private SelectedScenes(SceneSource source, int[] indices) {
        this.source = source;
        this.indices = indices;
    }

    /**
     * Selects the first scenes, for instance to overfit them.
     *
     * @throws IllegalArgumentException if {@code scenes} is not positive or larger than the number of scenes
     */
    public static SelectedScenes first(SceneSource source, int scenes) {
        if (scenes < 1 || scenes > source.scenes()) {
            throw new IllegalArgumentException(
                    "first_scenes must be 1 to the number of scenes, " + source.scenes() + ", got " + scenes);
        }
        return new SelectedScenes(source, IntStream.range(0, scenes).toArray());
    }

    /**
     * Selects the scenes that have enough views.
     *
     * @param views minimum number of views
     * @throws IOException if the number of views of a scene cannot be read, or no scene has as many
     */
    public static SelectedScenes withViews(SceneSource source, int views) throws IOException {
        IntStream.Builder indices = IntStream.builder();
        int most = 0;
        for (int i = 0; i < source.scenes(); i++) {
            int own = source.views(i);
            most = Math.max(most, own);
            if (own >= views) {
                indices.add(i);
            }
        }
        if (most < views) {
            throw new IOException(
                    "at least one scene must have " + views + " views or more, as a phase requires, but the largest of "
                            + source.scenes() + " has " + most + "; the first is " + source.name(0));
        }
        return new SelectedScenes(source, indices.build().toArray());
    }

    @Override
    public int scenes() {
        return indices.length;
    }

    @Override
    public TrainingScene read(int index) throws IOException {
        return source.read(indices[index]);
    }

    @Override
    public int views(int index) throws IOException {
        return source.views(indices[index]);
    }

    @Override
    public String name(int index) {
        return source.name(indices[index]);
    }

    @Override
    public boolean hasCameras() {
        return source.hasCameras();
    }

    @Override
    public boolean hasCameras(int index) {
        return source.hasCameras(indices[index]);
    }

    @Override
    public boolean hasDepth() {
        return source.hasDepth();
    }
}
