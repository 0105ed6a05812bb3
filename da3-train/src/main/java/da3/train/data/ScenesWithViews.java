package da3.train.data;

import java.io.IOException;
import java.util.stream.IntStream;

/** The scenes of a source that have enough views, in the same order. */
public final class ScenesWithViews implements SceneSource {

    private final SceneSource source;
    private final int[] indices; // of the scenes in the source

    private ScenesWithViews(SceneSource source, int[] indices) {
        this.source = source;
        this.indices = indices;
    }

    /**
     * Selects scenes.
     *
     * @param views minimum number of views
     * @throws IOException if the number of views of a scene cannot be read, or no scene has as many
     */
    public static ScenesWithViews of(SceneSource source, int views) throws IOException {
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
        return new ScenesWithViews(source, indices.build().toArray());
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

    @Override
    public void close() throws IOException {
        source.close();
    }
}
