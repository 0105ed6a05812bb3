package da3.train.data;

import java.io.IOException;

/** The first scenes of a source, for instance to overfit them. */
public record FirstScenes(SceneSource source, int scenes) implements SceneSource {

    public FirstScenes {
        if (scenes < 1 || scenes > source.scenes()) {
            throw new IllegalArgumentException(
                    "first_scenes must be 1 to the number of scenes, " + source.scenes() + ", got " + scenes);
        }
    }

    @Override
    public TrainingScene read(int index) throws IOException {
        return source.read(index);
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
}
