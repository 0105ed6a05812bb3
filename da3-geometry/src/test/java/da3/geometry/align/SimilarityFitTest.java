package da3.geometry.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Sim3;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimilarityFitTest {

    private static final List<Vec3> SOURCE =
            List.of(new Vec3(1, 0, 0), new Vec3(-1, 0, 0), new Vec3(0, 2, 0), new Vec3(0, -2, 0), new Vec3(0, 0, 3));

    @Test
    void aSimilarityIsRecovered() {
        Sim3 truth = new Sim3(2.5, new Quaternion(0.1, -0.4, 0.2, 0.8).toMatrix(), new Vec3(1000, -2, 3));
        Sim3 fit = fit(SOURCE.stream().map(truth::transform).toList(), 1, 1, 1, 1, 1);
        assertThat(fit.scale()).isCloseTo(truth.scale(), within(1e-12));
        for (Vec3 p : SOURCE) {
            assertThat(fit.transform(p).minus(truth.transform(p)).norm()).isLessThan(1e-10);
        }
    }

    /** Noise that is orthogonal to the signal increases the ratio of spreads, and not the least squares scale. */
    @Test
    void theScaleIsTheRatioOfSpreads() {
        List<Vec3> source = SOURCE.subList(0, 4);
        List<Vec3> target = List.of(new Vec3(1, 0, 1), new Vec3(-1, 0, 1), new Vec3(0, 2, -1), new Vec3(0, -2, -1));
        SimilarityFit fit = new SimilarityFit();
        for (int i = 0; i < 4; i++) {
            fit.add(target.get(i), source.get(i), 1);
        }
        assertThat(fit.similarity().scale()).isCloseTo(Math.sqrt(14.0 / 10), within(1e-14));
        assertThat(Umeyama.alignPoints(target, source).scale()).isCloseTo(1, within(1e-14));
    }

    @Test
    void aPairOfWeightTwoCountsAsTwoPairs() {
        List<Vec3> target = List.of(
                new Vec3(1, 0.1, 0), new Vec3(-1, 0, 0.3), new Vec3(0.2, 2, 0), new Vec3(0, -2, 1), new Vec3(0, 0, 4));
        SimilarityFit doubled = new SimilarityFit();
        for (int i : new int[] {0, 1, 2, 3, 4, 4}) {
            doubled.add(target.get(i), SOURCE.get(i), 1);
        }
        Sim3 expected = doubled.similarity();
        Sim3 fit = fit(target, 1, 1, 1, 1, 2);
        assertThat(fit.scale()).isCloseTo(expected.scale(), within(1e-14));
        assertThat(fit.translation().minus(expected.translation()).norm()).isLessThan(1e-14);
    }

    @Test
    void theFitOfAReflectionIsARotation() {
        List<Vec3> mirrored =
                SOURCE.stream().map(p -> new Vec3(-p.x(), p.y(), p.z())).toList();
        Mat3 rotation = fit(mirrored, 1, 1, 1, 1, 1).rotation();
        assertThat(rotation.determinant()).isCloseTo(1, within(1e-14));
    }

    @Test
    void pointsWithoutWeightOrSpreadAreRejected() {
        assertThatThrownBy(() -> fit(SOURCE, 0, 0, 0, 0, 1e-7))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessage("total weight of points to align must be at least 1.0E-6, got 1.0E-7");
        assertThatThrownBy(() -> fit(SOURCE, 0, 0, 0, 0, 1))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessage("spread of source points to align must be positive, got 0.0");
        assertThatThrownBy(() -> fit(Collections.nCopies(5, new Vec3(7, 8, 9)), 1, 1, 1, 1, 1))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessage("spread of target points to align must be positive, got 0.0");
    }

    private static Sim3 fit(List<Vec3> target, double... weights) {
        SimilarityFit fit = new SimilarityFit();
        for (int i = 0; i < weights.length; i++) {
            fit.add(target.get(i), SOURCE.get(i), weights[i]);
        }
        return fit.similarity();
    }
}
