package da3.train.config;

import da3.synthetic.PatternSizes;
import da3.synthetic.SceneFamily;
import da3.synthetic.shard.DepthSensor;
import da3.synthetic.shard.ShardRendering;
import da3.train.yaml.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Scenes that are rendered into shards before a run.
 *
 * @param shards output folder
 * @param families families of layouts, used in turn; by default those for training
 * @param scenes number of scenes
 * @param rows height of an image in pixels
 * @param columns width of an image in pixels
 * @param seed seed of the first scene
 * @param sensor what measures the depth of the scenes; without it, depth is exact
 * @param patternSizes how large the features of patterns are
 */
public record RenderSettings(
        Path shards,
        List<SceneFamily> families,
        int scenes,
        int rows,
        int columns,
        long seed,
        Optional<DepthSensor> sensor,
        PatternSizes patternSizes) {

    private static final int SCENES_PER_SHARD = 256;

    static RenderSettings read(Section s) {
        Path shards = Path.of(s.text("shards").orElseThrow(() -> s.invalid("shards", "none", "a folder")));
        List<SceneFamily> families =
                s.texts("families").stream().map(id -> family(s, id)).toList();
        return new RenderSettings(
                shards,
                families.isEmpty() ? SceneFamily.forTraining() : families,
                s.integer("scenes", 1000, 1, Integer.MAX_VALUE),
                s.integer("rows", 112, 1, 1 << 14),
                s.integer("columns", 168, 1, 1 << 14),
                s.integer("seed", 1L, 0, Long.MAX_VALUE),
                s.has("sensor") ? Optional.of(sensor(s.section("sensor"))) : Optional.empty(),
                s.has("pattern_unit")
                        ? PatternSizes.inMeters(s.number("pattern_unit", 1, 1e-6, 1e6))
                        : PatternSizes.inPixels());
    }

    private static DepthSensor sensor(Section s) {
        DepthSensor sensor = new DepthSensor(
                s.number("density", 1, 1e-6, 1), s.number("noise", 0, 0, 10), s.number("outliers", 0, 0, 1));
        s.finish();
        return sensor;
    }

    private static SceneFamily family(Section s, String id) {
        try {
            return SceneFamily.ofId(id);
        } catch (IllegalArgumentException e) {
            throw s.invalid("families", id, "among " + SceneFamily.ids());
        }
    }

    /**
     * Renders the shards that are missing, incomplete, or of other settings.
     *
     * @param threads number of rendering threads
     * @param progress receives the number of finished scenes
     * @throws IOException if a shard cannot be written
     */
    public void render(int threads, IntConsumer progress) throws IOException {
        rendering(threads).write(shards, progress);
    }

    /** Returns the rendering of the shards, with a number of threads. */
    public ShardRendering rendering(int threads) {
        return new ShardRendering(
                seed, scenes, SCENES_PER_SHARD, families, rows, columns, threads, sensor, patternSizes);
    }
}
