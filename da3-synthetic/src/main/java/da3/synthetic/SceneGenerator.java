package da3.synthetic;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.synthetic.layout.Layout;
import da3.synthetic.layout.RandomDraws;
import da3.synthetic.solid.Exposure;
import da3.synthetic.solid.Solid;
import da3.synthetic.solid.SolidCaster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Generates random scenes with cameras: fields of view from 40 to 90 degrees, baselines from 0 to 40 % of the mean depth
 * of the first view (up to 100 % for {@link SceneFamily#WIDE_BASELINE}), and at least half of every view visible in the
 * first. A seed gives the same bytes on every machine.
 */
public final class SceneGenerator {

    /** Number of views of each scene unless more are asked for. */
    public static final int VIEWS = 8;

    /** Maximum number of views of a scene. */
    public static final int MAX_VIEWS = 50;

    /** Maximum number of layouts that are drawn until cameras fit into one; most scenes need at most five. */
    private static final int ATTEMPTS = 500;

    private final PatternSizes patternSizes;

    /** Creates a generator of scenes whose patterns have features of 2 to 10 pixels. */
    public SceneGenerator() {
        this(PatternSizes.inPixels());
    }

    /** Creates a generator. */
    public SceneGenerator(PatternSizes patternSizes) {
        this.patternSizes = patternSizes;
    }

    /** Returns the scene of a seed, with {@value #VIEWS} views. */
    public RandomScene generate(long seed, SceneFamily family) {
        return generate(seed, family, VIEWS);
    }

    /**
     * Returns the scene of a seed with more views. The scene and its first {@value #VIEWS} views do not depend on their
     * number; exposures of later views repeat those of the first.
     *
     * @param views number of views, {@value #VIEWS} to {@value #MAX_VIEWS}
     * @throws IllegalArgumentException if the number of views is not supported
     */
    public RandomScene generate(long seed, SceneFamily family, int views) {
        Check.inRange("number of views", VIEWS, MAX_VIEWS, views);
        RandomDraws draw = new RandomDraws(mixed(mixed(seed) + family.ordinal()));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Layout layout = family.layout(draw);
            SolidCaster caster = new SolidCaster(layout.solids(), layout.light());
            CameraDraw cameras = new CameraDraw(draw, caster, layout, family.motion());
            Optional<List<ShotPlan>> plans = cameras.plans(VIEWS);
            if (plans.isPresent()) {
                return extended(expose(seed, family, draw, layout, plans.get()), cameras, views);
            }
        }
        throw new IllegalStateException(
                "no cameras fit into " + ATTEMPTS + " layouts of family " + family + " with seed " + seed);
    }

    /** Adds views to a scene; draws that find none are repeated. */
    private static RandomScene extended(RandomScene scene, CameraDraw cameras, int views) {
        List<RandomScene.Shot> shots = new ArrayList<>(scene.shots());
        for (int attempt = 0; shots.size() < views; attempt++) {
            if (attempt == ATTEMPTS) {
                throw new IllegalStateException("no camera was found for view " + shots.size() + " of family "
                        + scene.family() + " with seed " + scene.seed());
            }
            Exposure exposure = shots.get(shots.size() % VIEWS).exposure();
            cameras.nextView()
                    .ifPresent(plan -> shots.add(new RandomScene.Shot(plan.pose(), plan.fieldOfView(), exposure)));
        }
        return new RandomScene(scene.seed(), scene.family(), scene.solids(), scene.caster(), shots);
    }

    /**
     * Mixes the bits of a seed. Without this, neighboring seeds would give the same random numbers shifted by one step.
     *
     * <p>Source: the finalizer of MurmurHash3, variant 13 of David Stafford, "Better Bit Mixing", 2011.
     */
    private static long mixed(long seed) {
        long h = (seed ^ seed >>> 30) * 0xbf58476d1ce4e5b9L;
        h = (h ^ h >>> 27) * 0x94d049bb133111ebL;
        return h ^ h >>> 31;
    }

    /** A view without an exposure, with a preview of its image. */
    record ShotPlan(Pose pose, double fieldOfView, SolidCaster.Preview preview) {}

    private RandomScene expose(long seed, SceneFamily family, RandomDraws draw, Layout layout, List<ShotPlan> plans) {
        List<Solid> solids = patternSizes.apply(layout.solids(), plans);
        double light = plans.stream().mapToDouble(p -> p.preview().light()).sum() / plans.size();
        double gain = draw.uniform(0.12, 0.4) / Math.max(light, 1e-6);
        double gamma = draw.uniform(1.9, 2.5);
        boolean steady = draw.chance(0.5);
        List<RandomScene.Shot> shots = new ArrayList<>();
        for (ShotPlan plan : plans) {
            double change = steady ? 1 : draw.uniform(0.8, 1.25);
            shots.add(new RandomScene.Shot(plan.pose(), plan.fieldOfView(), new Exposure(gain * change, gamma)));
        }
        return new RandomScene(seed, family, solids, new SolidCaster(solids, layout.light()), shots);
    }
}
