package da3.train.run;

import java.nio.file.Path;
import java.util.List;

/**
 * Scenes that are rendered into shards before a run.
 *
 * @param shards the folder that they go to
 * @param families of layouts, which take turns
 * @param scenes number of scenes
 * @param views of each scene
 * @param rows of an image in pixels
 * @param columns of an image in pixels
 * @param seed of the first scene
 */
public record RenderSettings(
        Path shards, List<String> families, int scenes, int views, int rows, int columns, long seed) {

    static RenderSettings read(Section s) {
        Path shards = Path.of(s.text("shards").orElseThrow(() -> s.refused("shards", "none", "a folder")));
        List<String> families = s.texts("families");
        if (families.isEmpty()) {
            throw s.refused("families", "none", "a list of at least one family of layouts");
        }
        return new RenderSettings(
                shards,
                families,
                s.integer("scenes", 1000, 1, Integer.MAX_VALUE),
                s.integer("views", 8, 1, 1024),
                s.integer("rows", 112, 1, 1 << 14),
                s.integer("columns", 168, 1, 1 << 14),
                s.integer("seed", 1L, 0, Long.MAX_VALUE));
    }
}
