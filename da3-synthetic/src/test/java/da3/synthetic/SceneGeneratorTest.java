package da3.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import da3.synthetic.solid.Solid;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SceneGeneratorTest {

    private static final int ROWS = 56;
    private static final int COLUMNS = 84;

    private final SceneGenerator generator = new SceneGenerator();

    @ParameterizedTest
    @EnumSource(SceneFamily.class)
    void theFirstViewSeesHalfOfEveryOther(SceneFamily family) {
        for (long seed = 1; seed <= 6; seed++) {
            RandomScene scene = generator.generate(seed, family);
            for (int v = 1; v < scene.views(); v++) {
                float[] depth = scene.render(v, ROWS, COLUMNS).depth().values();
                Camera view = scene.camera(v, ROWS, COLUMNS);
                Camera first = scene.camera(0, ROWS, COLUMNS);
                assertThat(Overlap.share(scene.caster(), depth, view, first, ROWS, COLUMNS))
                        .as("%s, seed %d, view %d", family, seed, v)
                        .isGreaterThanOrEqualTo(0.5);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SceneFamily.class)
    void camerasAndDepthsAreInTheirRanges(SceneFamily family) {
        for (long seed = 1; seed <= 6; seed++) {
            RandomScene scene = generator.generate(seed, family);
            Vec3 first = scene.camera(0, ROWS, COLUMNS).pose().cameraCenter();
            double mean = mean(scene.render(0, ROWS, COLUMNS).depth().values());
            for (int v = 0; v < scene.views(); v++) {
                Camera camera = scene.camera(v, ROWS, COLUMNS);
                camera.pose().requireRigid("pose");
                assertThat(Math.toDegrees(2
                                * Math.atan(COLUMNS / 2.0 / camera.intrinsics().fx())))
                        .isBetween(39.999, 90.001);
                assertThat(camera.pose().cameraCenter().minus(first).norm())
                        .isLessThan(1.05 * family.motion().maxBaseline() * mean);
                View view = scene.render(v, ROWS, COLUMNS);
                int valid = count(view.depth().values());
                assertThat(valid).isGreaterThan(ROWS * COLUMNS / 2);
                if (family == SceneFamily.ROOM || family == SceneFamily.CORRIDOR) {
                    assertThat(valid).isEqualTo(ROWS * COLUMNS);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SceneFamily.class)
    void patternsInMetersHaveTheirSizeAndChangeOnlyColors(SceneFamily family) {
        double unit = 0.03;
        RandomScene scene = new SceneGenerator(PatternSizes.inMeters(unit)).generate(5, family);
        RandomScene usual = generator.generate(5, family);
        assertThat(scene.solids()).flatMap(Solid::patterns).isNotEmpty().allSatisfy(p -> assertThat(p.size())
                .isBetween(2 * unit, 10 * unit));
        View view = scene.render(1, ROWS, COLUMNS);
        View other = usual.render(1, ROWS, COLUMNS);
        assertThat(view.depth().values()).isEqualTo(other.depth().values());
        assertThat(view.camera().orElseThrow()).isEqualTo(other.camera().orElseThrow());
        assertThat(view.image().rgb()).isNotEqualTo(other.image().rgb());
    }

    @Test
    void someScenesHaveRotationOnly() {
        List<Double> baselines = IntStream.range(0, 24)
                .mapToObj(seed -> generator.generate(seed, SceneFamily.PILE))
                .map(scene -> scene.camera(7, ROWS, COLUMNS)
                        .pose()
                        .cameraCenter()
                        .minus(scene.camera(0, ROWS, COLUMNS).pose().cameraCenter())
                        .norm())
                .toList();
        assertThat(baselines).anyMatch(b -> b < 1e-9).anyMatch(b -> b > 0.3);
    }

    /** A point that two views see has consistent depths, and nearly the same color. */
    @ParameterizedTest
    @EnumSource(SceneFamily.class)
    void viewsAgreeOnPointsAndColors(SceneFamily family) {
        RandomScene scene = generator.generate(11, family);
        View view = scene.render(1, 2 * ROWS, 2 * COLUMNS);
        View first = scene.render(0, 2 * ROWS, 2 * COLUMNS);
        int compared = 0;
        int near = 0;
        int alike = 0;
        for (int i = 0; i < 4 * ROWS * COLUMNS; i += 7) {
            double z = view.depth().values()[i];
            Camera camera = view.camera().orElseThrow();
            Camera other = first.camera().orElseThrow();
            double x = (i % (2 * COLUMNS) + 0.5 - camera.intrinsics().cx())
                    / camera.intrinsics().fx()
                    * z;
            double y = (i / (2 * COLUMNS) + 0.5 - camera.intrinsics().cy())
                    / camera.intrinsics().fy()
                    * z;
            Vec3 p = other.pose().transform(camera.pose().inverse().transform(new Vec3(x, y, z)));
            int u = (int) Math.floor(
                    other.intrinsics().fx() * p.x() / p.z() + other.intrinsics().cx());
            int v = (int) Math.floor(
                    other.intrinsics().fy() * p.y() / p.z() + other.intrinsics().cy());
            Vec3 world = camera.pose().inverse().transform(new Vec3(x, y, z));
            if (z == 0
                    || p.z() <= 0
                    || u < 0
                    || v < 0
                    || u >= 2 * COLUMNS
                    || v >= 2 * ROWS
                    || !scene.caster().isVisible(other.pose().cameraCenter(), world)) {
                continue;
            }
            compared++;
            double there = first.depth().values()[v * 2 * COLUMNS + u];
            near += Math.abs(there - p.z()) < 0.03 * p.z() ? 1 : 0;
            int gray = 0;
            for (int c = 0; c < 3; c++) {
                gray += view.image().channel(i % (2 * COLUMNS), i / (2 * COLUMNS), c)
                        - first.image().channel(u, v, c);
            }
            alike += Math.abs(gray) < 3 * 45 ? 1 : 0;
        }
        assertThat(compared).isGreaterThan(500);
        assertThat((double) near / compared).isGreaterThan(0.9);
        assertThat((double) alike / compared).isGreaterThan(0.75);
    }

    @ParameterizedTest
    @EnumSource(SceneFamily.class)
    void imagesAreNeitherBlackNorWhiteNorUniform(SceneFamily family) {
        for (long seed = 1; seed <= 6; seed++) {
            View view = generator.generate(seed, family).render(0, ROWS, COLUMNS);
            long extreme = 0;
            double sum = 0;
            double squares = 0;
            byte[] rgb = view.image().rgb();
            for (byte b : rgb) {
                int value = b & 0xff;
                extreme += value < 4 || value > 251 ? 1 : 0;
                sum += value;
                squares += value * value;
            }
            double mean = sum / rgb.length;
            assertThat((double) extreme / rgb.length).as("seed %d", seed).isLessThan(0.1);
            assertThat(mean).as("seed %d", seed).isBetween(50.0, 200.0);
            assertThat(Math.sqrt(squares / rgb.length - mean * mean))
                    .as("seed %d", seed)
                    .isGreaterThan(10);
        }
    }

    @Test
    void aSeedDeterminesTheBytesAndNeighboringSeedsDiffer() {
        Set<Integer> scenes = new HashSet<>();
        for (SceneFamily family : SceneFamily.values()) {
            for (long seed = 0; seed < 4; seed++) {
                View view = generator.generate(seed, family).render(3, ROWS, COLUMNS);
                View again = new SceneGenerator().generate(seed, family).render(3, ROWS, COLUMNS);
                assertThat(again.image().rgb()).isEqualTo(view.image().rgb());
                assertThat(again.depth().values()).isEqualTo(view.depth().values());
                scenes.add(Arrays.hashCode(view.image().rgb()));
            }
        }
        assertThat(scenes).hasSize(4 * SceneFamily.values().length);
    }

    @Test
    void moreViewsChangeNothingOfTheFirstOnes() {
        for (SceneFamily family : SceneFamily.values()) {
            RandomScene usual = generator.generate(5, family);
            RandomScene longer = generator.generate(5, family, SceneGenerator.MAX_VIEWS);
            assertThat(longer.views()).isEqualTo(50);
            assertThat(longer.shots().stream().limit(SceneGenerator.VIEWS).map(RandomScene.Shot::pose))
                    .isEqualTo(
                            usual.shots().stream().map(RandomScene.Shot::pose).toList());
            assertThat(longer.shots().stream().map(shot -> shot.pose().rotation()))
                    .doesNotHaveDuplicates();
            assertThat(longer.render(7, 14, 21).image().rgb())
                    .isEqualTo(usual.render(7, 14, 21).image().rgb());
            View last = longer.render(49, 14, 21);
            assertThat(Overlap.share(
                            longer.caster(),
                            last.depth().values(),
                            last.camera().orElseThrow(),
                            longer.camera(0, 14, 21),
                            14,
                            21))
                    .isGreaterThan(0.5);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.generate(5, SceneFamily.ROOM, 51))
                .withMessage("number of views must be from 8 to 50, got 51");
    }

    /** Without mixing, neighboring seeds would draw the same numbers shifted by one step. */
    @Test
    void neighboringSeedsShareNoNumbers() {
        Set<Double> numbers = new HashSet<>();
        for (long seed = 0; seed < 10; seed++) {
            Vec3 half =
                    generator.generate(seed, SceneFamily.ROOM).solids().get(0).half();
            numbers.add((half.x() - 1.5) / 2.5);
            numbers.add((half.z() - 1.5) / 2.5);
            numbers.add((half.y() - 1.15) / 0.6);
        }
        List<Double> sorted = numbers.stream().sorted().toList();
        assertThat(sorted).hasSize(30);
        for (int i = 1; i < sorted.size(); i++) {
            assertThat(sorted.get(i) - sorted.get(i - 1)).isGreaterThan(1e-9);
        }
    }

    @Test
    void trainingUsesThreeFamilies() {
        assertThat(SceneFamily.forTraining())
                .containsExactly(SceneFamily.ROOM, SceneFamily.STREET, SceneFamily.PILE)
                .noneMatch(SceneFamily::isHeldOut);
        assertThat(SceneFamily.ofId("low_texture")).isEqualTo(SceneFamily.LOW_TEXTURE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SceneFamily.ofId("attic"))
                .withMessage("family of scenes must be one of room, street, pile, corridor, low_texture, "
                        + "thin_structures, wide_baseline, got attic");
    }

    @Test
    void baselinesOfTheirFamilyAreWide() {
        double[] usual = baselines(SceneFamily.PILE);
        double[] wide = baselines(SceneFamily.WIDE_BASELINE);
        assertThat(usual[usual.length / 2]).isBetween(0.02, 0.3);
        assertThat(wide[wide.length / 2]).isGreaterThan(0.3);
    }

    /** Returns the distances of views from the first one over its mean depth, in ascending order. */
    private double[] baselines(SceneFamily family) {
        return LongStream.range(1, 9)
                .mapToObj(seed -> generator.generate(seed, family))
                .flatMapToDouble(scene -> {
                    Vec3 first = scene.camera(0, ROWS, COLUMNS).pose().cameraCenter();
                    double mean = mean(scene.render(0, ROWS, COLUMNS).depth().values());
                    return IntStream.range(1, scene.views())
                            .mapToDouble(v -> scene.camera(v, ROWS, COLUMNS)
                                            .pose()
                                            .cameraCenter()
                                            .minus(first)
                                            .norm()
                                    / mean);
                })
                .sorted()
                .toArray();
    }

    @Test
    void lowTextureHasFewEdgesAndThinStructuresHaveManyInDepth() {
        assertThat(edges(SceneFamily.LOW_TEXTURE, 8)).isLessThan(0.5 * edges(SceneFamily.ROOM, 8));
        for (long seed = 1; seed <= 4; seed++) {
            RandomScene scene = generator.generate(seed, SceneFamily.THIN_STRUCTURES);
            assertThat(isolated(scene.render(0, 2 * ROWS, 2 * COLUMNS).depth()))
                    .as("seed %d", seed)
                    .isGreaterThan(40);
        }
    }

    /** Returns the share of pixels whose red differs from the next one's by more than a limit, over eight scenes. */
    private double edges(SceneFamily family, int limit) {
        int edges = 0;
        for (long seed = 1; seed <= 8; seed++) {
            byte[] rgb = generator
                    .generate(seed, family)
                    .render(0, ROWS, COLUMNS)
                    .image()
                    .rgb();
            for (int i = 3; i < rgb.length; i += 3) {
                edges += Math.abs((rgb[i] & 0xff) - (rgb[i - 3] & 0xff)) > limit ? 1 : 0;
            }
        }
        return (double) edges / (8 * ROWS * COLUMNS);
    }

    /** Returns the number of pixels that are nearer than what is four pixels to the left and to the right. */
    private static int isolated(ScalarMap depth) {
        int count = 0;
        for (int i = 4; i < depth.values().length - 4; i++) {
            float[] d = depth.values();
            count += d[i] > 0 && d[i] < 0.8 * d[i - 4] && d[i] < 0.8 * d[i + 4] ? 1 : 0;
        }
        return count;
    }

    @Test
    void theImageSizeDoesNotChangeTheFieldOfView() {
        RandomScene scene = generator.generate(3, SceneFamily.ROOM);
        double small = COLUMNS / scene.camera(0, ROWS, COLUMNS).intrinsics().fx();
        double large = 224 / scene.camera(0, 168, 224).intrinsics().fx();
        assertThat(large).isCloseTo(small, within(1e-12));
    }

    private static double mean(float[] depth) {
        double sum = 0;
        for (float z : depth) {
            sum += z;
        }
        return sum / count(depth);
    }

    private static int count(float[] depth) {
        int valid = 0;
        for (float z : depth) {
            valid += z > 0 ? 1 : 0;
        }
        return valid;
    }
}
