package da3.train.data;

import java.io.IOException;
import java.util.List;

/** The scenes of several sources, one source after the other. */
public record JoinedScenes(List<SceneSource> sources) implements SceneSource {

    public JoinedScenes {
        sources = List.copyOf(sources);
    }

    @Override
    public int scenes() {
        return sources.stream().mapToInt(SceneSource::scenes).sum();
    }

    @Override
    public TrainingScene read(int index) throws IOException {
        Entry entry = entry(index);
        return entry.source.read(entry.index);
    }

    @Override
    public int views(int index) throws IOException {
        Entry entry = entry(index);
        return entry.source.views(entry.index);
    }

    @Override
    public String name(int index) {
        Entry entry = entry(index);
        return entry.source.name(entry.index);
    }

    @Override
    public boolean hasCameras() {
        return sources.stream().allMatch(SceneSource::hasCameras);
    }

    @Override
    public boolean hasCameras(int index) {
        Entry entry = entry(index);
        return entry.source.hasCameras(entry.index);
    }

    @Override
    public boolean hasDepth() {
        return sources.stream().allMatch(SceneSource::hasDepth);
    }

    @Override
    public void close() throws IOException {
        for (SceneSource source : sources) {
            source.close();
        }
    }

    /** A scene of a source. */
    private record Entry(SceneSource source, int index) {}

    private Entry entry(int index) {
        int left = index;
        for (SceneSource source : sources) {
            if (left < source.scenes()) {
                return new Entry(source, left);
            }
            left -= source.scenes();
        }
        throw new IndexOutOfBoundsException("scene must be below " + scenes() + ", got " + index);
    }
}
