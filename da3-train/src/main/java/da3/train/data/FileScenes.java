package da3.train.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Scenes whose views are files, which are read when a scene is used. */
public final class FileScenes implements SceneSource {

    private final List<List<SourceView>> scenes;
    private final ViewReader reader;
    private final boolean cameras;
    private final boolean depth;

    /** @param cameras whether the views have cameras */
    FileScenes(List<List<SourceView>> scenes, ViewOptions options, boolean cameras) {
        this.scenes = List.copyOf(scenes);
        this.reader = new ViewReader(options);
        this.cameras = cameras;
        this.depth = scenes.stream().flatMap(List::stream).allMatch(view -> view.depth()
                .isPresent());
    }

    /**
     * Divides the views of a recording into scenes of consecutive views, which see the same surfaces. The last scene
     * begins earlier if there are too few views left for it.
     *
     * @param count number of views of a scene; 0 for all
     */
    static List<List<SourceView>> consecutive(List<SourceView> views, int count) {
        if (count == 0 || views.size() <= count) {
            return List.of(views);
        }
        List<List<SourceView>> scenes = new ArrayList<>();
        for (int from = 0; from < views.size(); from += count) {
            int start = Math.min(from, views.size() - count);
            scenes.add(List.copyOf(views.subList(start, start + count)));
        }
        return scenes;
    }

    @Override
    public int scenes() {
        return scenes.size();
    }

    @Override
    public TrainingScene read(int index) throws IOException {
        return reader.read(scenes.get(index));
    }

    @Override
    public int views(int index) {
        return scenes.get(index).size();
    }

    @Override
    public String name(int index) {
        List<SourceView> views = scenes.get(index);
        String first = views.get(0).image().toString();
        return views.size() == 1
                ? first
                : "the scene of " + first + " to "
                        + views.get(views.size() - 1).image().getFileName();
    }

    @Override
    public boolean hasCameras() {
        return cameras;
    }

    @Override
    public boolean hasDepth() {
        return depth;
    }
}
