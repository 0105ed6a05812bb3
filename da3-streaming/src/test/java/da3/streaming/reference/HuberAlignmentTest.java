package da3.streaming.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.streaming.reference.PointPairs.ConfidentPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HuberAlignmentTest {

    private static final Sim3 TRUTH =
            new Sim3(1.3, new Quaternion(0.2, 0.1, -0.3, 0.9).toMatrix(), new Vec3(0.5, -1, 2));

    private final Random random = new Random(8);
    private final List<Vec3> source = IntStream.range(0, 60)
            .mapToObj(i -> new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()))
            .toList();

    @Test
    void refinementsReduceTheEffectOfOutliers() {
        PointPairs pairs = pairs(TRUTH, new Vec3(0, 4, 0));
        double plain = error(new HuberAlignment(0.1, 0, 1e-9).align(pairs, AlignmentMethod.SIM3), TRUTH);
        double five = error(HuberAlignment.defaults().align(pairs, AlignmentMethod.SIM3), TRUTH);
        double fifty = error(new HuberAlignment(0.1, 50, 1e-9).align(pairs, AlignmentMethod.SIM3), TRUTH);
        assertThat(plain).isGreaterThan(0.2);
        assertThat(five).isLessThan(plain / 4);
        assertThat(fifty).isLessThan(0.1);
    }

    @Test
    void deltaIsAbsolute() {
        PointPairs pairs = pairs(TRUTH, new Vec3(0, 4, 0));
        Sim3 plain = new HuberAlignment(0.1, 0, 1e-9).align(pairs, AlignmentMethod.SIM3);
        Sim3 wide = new HuberAlignment(100, 5, 1e-9).align(pairs, AlignmentMethod.SIM3);
        assertThat(wide).isEqualTo(plain);
    }

    @Test
    void aRigidFitHasScaleOne() {
        Sim3 rigid = new Sim3(1, TRUTH.rotation(), TRUTH.translation());
        Sim3 fit = HuberAlignment.defaults().align(pairs(rigid, Vec3.ZERO), AlignmentMethod.SE3);
        assertThat(fit.scale()).isEqualTo(1);
        assertThat(error(fit, rigid)).isLessThan(1e-12);
    }

    @Test
    void aGivenScaleIsReturned() {
        PointPairs pairs = pairs(TRUTH, Vec3.ZERO);
        Sim3 fit = HuberAlignment.defaults().align(pairs, AlignmentMethod.SCALE_SE3, 1.3);
        assertThat(error(fit, TRUTH)).isLessThan(1e-12);
        assertThat(HuberAlignment.defaults()
                        .align(pairs, AlignmentMethod.SCALE_SE3, 1.2)
                        .scale())
                .isEqualTo(1.2);
    }

    /** The refinements of one method correct a wrong scale, which it then discards, so its translation fits another. */
    @Test
    void onlyTheNumpyMethodFitsSimilaritiesToScaledPoints() {
        Vec3 far = new Vec3(50, 0, 0);
        PointPairs pairs = visitor -> source.forEach(p -> visitor.visit(TRUTH.transform(p.plus(far)), p.plus(far), 1));
        Sim3 rigid = HuberAlignment.defaults().align(pairs, AlignmentMethod.SCALE_SE3, 1.2);
        Sim3 similarity = HuberAlignment.defaults().align(pairs, AlignmentMethod.SCALE_SE3_NUMPY, 1.2);
        assertThat(similarity.translation().minus(TRUTH.translation()).norm()).isLessThan(1e-3);
        assertThat(rigid.transform(far).minus(TRUTH.transform(far)).norm()).isLessThan(0.1);
        assertThat(similarity.transform(far).minus(TRUTH.transform(far)).norm()).isCloseTo(5, within(0.1));
    }

    @Test
    void pairsNeedTwoConfidences() {
        List<ConfidentPoints> source = List.of(points(1, 5, 5));
        List<ConfidentPoints> target = List.of(points(4, 4, 0.5f));
        List<Double> weights = new ArrayList<>();
        PointPairs.of(target, source, 0.9).forEach((to, from, weight) -> weights.add(weight));
        assertThat(weights).containsExactly(2.0, Math.sqrt(20));
        assertThatThrownBy(() -> PointPairs.of(target, source, 4.5))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessage("cannot align point maps: in no pixel are both confidences above 4.5");
    }

    private static ConfidentPoints points(float... confidences) {
        return new ConfidentPoints(PointMap.of(new float[9]), new ScalarMap(3, 1, confidences));
    }

    /** Returns pairs of which every fifth is displaced. */
    private PointPairs pairs(Sim3 truth, Vec3 displacement) {
        return visitor -> IntStream.range(0, source.size())
                .forEach(i -> visitor.visit(
                        truth.transform(source.get(i)).plus(i % 5 == 0 ? displacement : Vec3.ZERO), source.get(i), 1));
    }

    private double error(Sim3 fit, Sim3 truth) {
        return source.stream()
                .mapToDouble(p -> fit.transform(p).minus(truth.transform(p)).norm())
                .max()
                .orElseThrow();
    }
}
