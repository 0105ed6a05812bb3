package da3.train.config;

import da3.train.data.BatchShape;
import da3.train.data.Phase;
import da3.train.data.Phase.Size;
import da3.train.yaml.Section;
import java.util.List;

/**
 * A phase and the scenes that it trains on.
 *
 * @param scenes not empty
 */
public record PhaseSettings(Phase phase, SceneNames scenes) {

    static PhaseSettings read(Section s) {
        long steps = s.integer("steps", 1000L, 1, Long.MAX_VALUE);
        List<Size> sizes = s.sections("sizes", PhaseSettings::size);
        int minViews = s.integer("min_views", 2, 1, 1024);
        int maxViews = s.integer("max_views", minViews, minViews, 1024);
        int scenes = s.integer("scenes_per_step", 16, 1, 1 << 16);
        SceneNames names = SceneNames.read(s);
        if (sizes.isEmpty()) {
            throw s.invalid("sizes", "none", "a list of at least one pair of rows and columns");
        }
        for (Size size : sizes) {
            if (size.maxViews() < minViews) {
                throw s.invalid("max_views of a size", size.maxViews(), "at least min_views, " + minViews);
            }
        }
        if (names.isEmpty()) {
            throw s.invalid("shards", "none", "a list of at least one folder where no data is given");
        }
        return new PhaseSettings(new Phase(steps, sizes, minViews, maxViews, scenes), names);
    }

    private static Size size(Section s) {
        Size size = new Size(side(s, "rows", 112), side(s, "columns", 168));
        return s.has("max_views") ? new Size(size.rows(), size.columns(), s.integer("max_views", 2, 1, 1024)) : size;
    }

    /** Reads a side of an image in pixels. */
    static int side(Section s, String key, int absent) {
        int side = s.integer(key, absent, BatchShape.PATCH, 1 << 14);
        if (side % BatchShape.PATCH != 0) {
            throw s.invalid(key, side, "a multiple of " + BatchShape.PATCH);
        }
        return side;
    }
}
