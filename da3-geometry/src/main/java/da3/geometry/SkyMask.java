package da3.geometry;

import java.util.ArrayList;
import java.util.List;

/** Which pixels of all views of a scene are sky; the rest is called ground. */
public final class SkyMask {

    /** Sky scores from this on are sky. */
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

    /** @param scores the network's sky output, one map for each view */
    public static SkyMask of(List<ScalarMap> scores) {
        return new SkyMask(scores);
    }

    /** Over all views. */
    public int groundCount() {
        return groundCount;
    }

    /** Over all views. */
    public int skyCount() {
        return skyCount;
    }

    /** Whether pixel {@code i} (row-major) of a view is ground. */
    public boolean isGround(int view, int i) {
        return scores.get(view).values()[i] < THRESHOLD;
    }

    /** The values at ground pixels, view after view. */
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

    /** Copies of the maps with {@code value} at sky pixels. */
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

    /** @throws IllegalArgumentException if the maps differ from the sky maps in number or size */
    public void requireSameSize(List<ScalarMap> maps) {
        if (maps.size() != scores.size()) {
            throw new IllegalArgumentException(
                    maps.size() + " maps for the sky of " + scores.size() + " views; legal: one for each view");
        }
        for (int view = 0; view < maps.size(); view++) {
            ScalarMap map = maps.get(view);
            ScalarMap sky = scores.get(view);
            if (map.width() != sky.width() || map.height() != sky.height()) {
                throw new IllegalArgumentException("view " + view + " has a map of " + map.width() + "x" + map.height()
                        + " and a sky of " + sky.width() + "x" + sky.height() + "; legal: the same size");
            }
        }
    }
}
