package da3.geometry;

import da3.geometry.check.Check;
import java.util.ArrayList;
import java.util.List;

/** The sky pixels of all views of a scene. All other pixels are called ground. */
public final class SkyMask {

    /** Pixels with at least this score are sky. */
    public static final float THRESHOLD = 0.3f;

    private final List<ScalarMap> scores;
    private final int groundCount;
    private final int skyCount;

    private SkyMask(List<ScalarMap> scores) {
        this.scores = List.copyOf(scores);
        int ground = 0;
        int total = 0;
        for (ScalarMap map : scores) {
            for (float score : map.values()) {
                ground += score < THRESHOLD ? 1 : 0;
            }
            total = Math.addExact(total, map.values().length);
        }
        this.groundCount = ground;
        this.skyCount = total - ground;
    }

    /**
     * Returns the mask of sky scores.
     *
     * @param scores sky scores of the network, one map for each view
     */
    public static SkyMask of(List<ScalarMap> scores) {
        return new SkyMask(scores);
    }

    /** Returns the number of ground pixels in all views. */
    public int groundCount() {
        return groundCount;
    }

    /** Returns the number of sky pixels in all views. */
    public int skyCount() {
        return skyCount;
    }

    /** Returns whether pixel {@code i} (row-major) of a view is ground. */
    public boolean isGround(int view, int i) {
        return scores.get(view).values()[i] < THRESHOLD;
    }

    /** Returns the values of all ground pixels, ordered by view. */
    public float[] ground(List<ScalarMap> maps) {
        requireSameSize(maps);
        float[] ground = new float[groundCount];
        int n = 0;
        for (int view = 0; view < maps.size(); view++) {
            float[] values = maps.get(view).values();
            for (int i = 0; i < values.length; i++) {
                if (isGround(view, i)) {
                    ground[n++] = values[i];
                }
            }
        }
        return ground;
    }

    /** Returns copies of the maps with {@code value} at sky pixels. */
    public List<ScalarMap> fillSky(List<ScalarMap> maps, float value) {
        requireSameSize(maps);
        List<ScalarMap> filled = new ArrayList<>();
        for (int view = 0; view < maps.size(); view++) {
            ScalarMap map = maps.get(view);
            float[] values = map.values().clone();
            for (int i = 0; i < values.length; i++) {
                if (!isGround(view, i)) {
                    values[i] = value;
                }
            }
            filled.add(new ScalarMap(map.width(), map.height(), values));
        }
        return List.copyOf(filled);
    }

    /**
     * Checks that maps match the sky scores.
     *
     * @throws IllegalArgumentException if the maps differ from the sky scores in number or size
     */
    public void requireSameSize(List<ScalarMap> maps) {
        if (maps.size() != scores.size()) {
            throw Check.invalid("number of maps", "the number of views, " + scores.size(), maps.size());
        }
        for (int view = 0; view < maps.size(); view++) {
            ScalarMap map = maps.get(view);
            ScalarMap sky = scores.get(view);
            if (map.width() != sky.width() || map.height() != sky.height()) {
                throw Check.invalid(
                        "map of view " + view,
                        "as large as its sky map, " + sky.width() + "x" + sky.height(),
                        map.width() + "x" + map.height());
            }
        }
    }
}
