package da3.geometry.points;

import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.SkyMask;
import da3.geometry.View;
import da3.geometry.math.Percentiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The choice of pixels that become points: those with a depth, sufficient confidence and no sky. It follows
 * {@code utils/export/glb.py} of the reference, which fails without confidence, where here every pixel is confident
 * enough, and which attempts to move the sky nearer without effect, where here sky pixels are omitted.
 */
public final class PointFilter {

    private static final int MAX_BLACK = 15;
    private static final int MIN_WHITE = 240;

    /** With fewer ground pixels, the sky scores are considered wrong and ignored. */
    private static final int MIN_GROUND_PIXELS = 11;

    private final Scene scene;
    private final Optional<SkyMask> sky;
    private final Optional<List<ScalarMap>> confidences;
    private final float threshold;

    private PointFilter(Scene scene, Optional<SkyMask> sky, Optional<List<ScalarMap>> confidences, float threshold) {
        this.scene = scene;
        this.sky = sky;
        this.confidences = confidences;
        this.threshold = threshold;
    }

    /**
     * Returns the filter of a scene. Confidence and sky apply only if every view has them, and only to pixels that the
     * network has seen. Pixels of a view at its original size that were cropped have depth and confidence 0.
     *
     * @throws IllegalArgumentException if the maps of a view differ in size
     */
    public static PointFilter of(Scene scene, PointFilterOptions options) {
        for (int view = 0; view < scene.views().size(); view++) {
            scene.view(view).requireOneSize("view " + view);
        }
        Optional<SkyMask> sky = ofAll(scene, View::sky).map(SkyMask::of).filter(mask -> isPlausible(mask, scene));
        Optional<List<ScalarMap>> confidences =
                ofAll(scene, View::confidence).map(maps -> lowered(maps, scene, options));
        float threshold =
                confidences.map(maps -> threshold(maps, scene, sky, options)).orElse(0f);
        return new PointFilter(scene, sky, confidences, threshold);
    }

    private static boolean isPlausible(SkyMask sky, Scene scene) {
        int ground = 0;
        for (int view = 0; view < scene.views().size(); view++) {
            for (int i = 0; i < scene.view(view).depth().values().length && ground < MIN_GROUND_PIXELS; i++) {
                ground += isSeen(scene.view(view), i) && sky.isGround(view, i) ? 1 : 0;
            }
        }
        return ground >= MIN_GROUND_PIXELS;
    }

    private static boolean isSeen(View view, int i) {
        return view.depth().values()[i] != 0
                || view.confidence().map(map -> map.values()[i] != 0).orElse(false);
    }

    private static Optional<List<ScalarMap>> ofAll(Scene scene, Function<View, Optional<ScalarMap>> part) {
        List<ScalarMap> maps =
                scene.views().stream().map(part).flatMap(Optional::stream).toList();
        return maps.size() == scene.views().size() && !maps.isEmpty() ? Optional.of(maps) : Optional.empty();
    }

    private static List<ScalarMap> lowered(List<ScalarMap> confidences, Scene scene, PointFilterOptions options) {
        if (!options.withoutBlack() && !options.withoutWhite()) {
            return confidences;
        }
        List<ScalarMap> lowered = new ArrayList<>();
        for (int view = 0; view < confidences.size(); view++) {
            ScalarMap confidence = confidences.get(view);
            float[] values = confidence.values().clone();
            for (int i = 0; i < values.length; i++) {
                if (isBackground(scene.view(view).image(), i, options)) {
                    values[i] = 1;
                }
            }
            lowered.add(new ScalarMap(confidence.width(), confidence.height(), values));
        }
        return lowered;
    }

    private static boolean isBackground(Image image, int pixel, PointFilterOptions options) {
        int min = 255;
        int max = 0;
        for (int c = 0; c < 3; c++) {
            int channel = image.rgb()[3 * pixel + c] & 0xff;
            min = Math.min(min, channel);
            max = Math.max(max, channel);
        }
        return options.withoutBlack() && max <= MAX_BLACK || options.withoutWhite() && min >= MIN_WHITE;
    }

    /** Returns the confidence threshold; 0 if no pixel counts. */
    private static float threshold(
            List<ScalarMap> confidences, Scene scene, Optional<SkyMask> sky, PointFilterOptions options) {
        float[] counted = counted(confidences, scene, sky);
        if (counted.length == 0) {
            return 0;
        }
        double lower = Percentiles.quantile(counted, options.confidencePercentile() / 100);
        double upper = Percentiles.quantile(counted, options.ensuredPercentile() / 100);
        return (float) Math.min(Math.max(options.confidenceThreshold(), lower), upper);
    }

    private static float[] counted(List<ScalarMap> confidences, Scene scene, Optional<SkyMask> sky) {
        float[] counted = new float
                [confidences.stream().mapToInt(map -> map.values().length).reduce(0, Math::addExact)];
        int n = 0;
        for (int view = 0; view < confidences.size(); view++) {
            float[] values = confidences.get(view).values();
            for (int i = 0; i < values.length; i++) {
                if (isSeen(scene.view(view), i) && (sky.isEmpty() || sky.get().isGround(view, i))) {
                    counted[n++] = values[i];
                }
            }
        }
        return Arrays.copyOf(counted, n);
    }

    /** Returns the minimum confidence of kept pixels; 0 for a scene without confidence. */
    public float threshold() {
        return threshold;
    }

    /**
     * Returns the confidences that are compared with the threshold, 1 for background; empty for a scene without
     * confidence.
     */
    public Optional<List<ScalarMap>> confidences() {
        return confidences;
    }

    /** Returns whether pixel {@code i} (row-major) of a view becomes a point. */
    public boolean keeps(int view, int i) {
        float depth = scene.view(view).depth().values()[i];
        return depth > 0
                && depth < Float.POSITIVE_INFINITY
                && (confidences.isEmpty() || confidences.get().get(view).values()[i] >= threshold)
                && (sky.isEmpty() || sky.get().isGround(view, i));
    }
}
