package da3.geometry.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.DepthSample;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SparseDepthFitTest {

    private final Random random = new Random(11);

    @Test
    void findsScaleAndShiftDespiteOutliers() {
        double[] depths = random.doubles(60, 0.5, 4).toArray();
        double[] meters = measured(depths, 2.5, 0.7, 20);
        SparseDepthFit fit = SparseDepthFit.of(depths, meters, 42);
        assertThat(fit.scale()).isCloseTo(2.5, within(0.03));
        assertThat(fit.shift()).isCloseTo(0.7, within(0.05));
        assertThat(fit.inliers()).isBetween(40, 44);
        assertThat(SparseDepthFit.of(depths, meters, 42)).isEqualTo(fit);
    }

    @Test
    void fewSamplesDetermineAScaleAlone() {
        double[] depths =
                random.doubles(SparseDepthFit.MIN_SHIFT_SAMPLES - 1, 0.5, 4).toArray();
        SparseDepthFit fit = SparseDepthFit.of(depths, measured(depths, 3, 0, 6), 42);
        assertThat(fit.scale()).isCloseTo(3, within(0.03));
        assertThat(fit.shift()).isZero();
    }

    @Test
    void samplesOfNearlyEqualDepthDetermineAScaleAlone() {
        double[] depths = random.doubles(40, 2, 2.5).toArray();
        SparseDepthFit fit = SparseDepthFit.of(depths, measured(depths, 3, 0, 0), 42);
        assertThat(fit.shift()).isZero();
        assertThat(fit.scale()).isCloseTo(3, within(0.03));
    }

    @Test
    void convertsDepthAndTranslationsToMeters() {
        SparseDepthFit fit = new SparseDepthFit(2, -1, 30);
        ScalarMap depth = new ScalarMap(2, 1, new float[] {3, 0.6f});
        assertThat(fit.inMeters(depth).values()).containsExactly(new float[] {5, 0.2f}, within(1e-6f));
        Camera camera = new Camera(new Pose(Mat3.IDENTITY, new Vec3(1, 2, 3)), new Intrinsics(5, 5, 1, 1));
        assertThat(fit.inMeters(camera).pose().translation()).isEqualTo(new Vec3(2, 4, 6));
    }

    @Test
    void clampsSmallDepthsAndToleratesAShiftThatClampsOnePercent() {
        SparseDepthFit fit = new SparseDepthFit(3, -2.5, 40);
        float[] depths = new float[201];
        Arrays.fill(depths, 2);
        depths[7] = 0.5f;
        depths[8] = 0.5f;
        assertThat(fit.keepsInFront(depths)).isTrue();
        assertThat(fit.isClamped(0.5)).isTrue();
        assertThat(fit.isClamped(2)).isFalse();
        assertThat(fit.inMeters(new ScalarMap(201, 1, depths)).values()[7]).isEqualTo(0.015f, within(1e-6f));
        Arrays.fill(depths, 0, 20, 0.5f);
        assertThat(fit.keepsInFront(depths)).isFalse();
    }

    @Test
    void aScaleAloneNeedsThreeInliersToo() {
        assertThatThrownBy(() -> SparseDepthFit.scaleOnly(new double[] {1, 2, 4}, new double[] {5, 1, 9}, 42))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessageContaining("must be at least 3, got ");
        double[] depths = {1, 2, 3, 4};
        assertThat(SparseDepthFit.scaleOnly(depths, new double[] {2, 4, 6, 80}, 42))
                .isEqualTo(new SparseDepthFit(2, 0, 3));
    }

    @Test
    void largeSetsAreScoredBySomeSamplesAndFittedToAll() {
        double[] narrow = random.doubles(300_000, 2, 2.5).toArray();
        SparseDepthFit scale = SparseDepthFit.of(narrow, measured(narrow, 3, 0, 100_000), 42);
        assertThat(scale.scale()).isCloseTo(3, within(1e-3));
        assertThat(scale.inliers()).isEqualTo(200_000);
        double[] wide = random.doubles(300_000, 0.5, 4).toArray();
        SparseDepthFit both = SparseDepthFit.of(wide, measured(wide, 2.5, 0.7, 100_000), 42);
        assertThat(both.scale()).isCloseTo(2.5, within(1e-2));
        assertThat(both.shift()).isCloseTo(0.7, within(1e-2));
    }

    @Test
    void rejectsTooFewSamplesAndInliers() {
        assertThatThrownBy(() -> SparseDepthFit.of(new double[2], new double[2], 42))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessage("number of depth samples inside the image must be at least 3, got 2");
        assertThatThrownBy(() -> SparseDepthFit.of(new double[] {1, 1, 1, 1}, new double[] {1, 2, 4, 8}, 42))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessage("number of 4 depth samples that agree on one scale within 10 % must be at least 3, got 1");
    }

    @Test
    void rejectsSamplesOutsideTheImageOrWithoutDepth() {
        new DepthSample(4, 0, 1).requireInside(4, 3, "sample");
        assertThatThrownBy(() -> new DepthSample(1, 3.5, 1).requireInside(4, 3, "sample 7 of view 2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("sample 7 of view 2", "(1.0, 3.5)", "from (0, 0) to (4, 3)");
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new DepthSample(1, 1, bad).requireInside(4, 3, "sample"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("depth of sample in meters must be positive and finite, got " + bad);
        }
    }

    /** Returns measurements within 1 %, except for the first {@code outliers}; half of these are far too small. */
    private double[] measured(double[] depths, double scale, double shift, int outliers) {
        double[] meters = new double[depths.length];
        for (int i = 0; i < meters.length; i++) {
            meters[i] = i < outliers
                    ? (i % 2 == 0 ? random.nextDouble(30, 60) : random.nextDouble(0.02, 0.05))
                    : (scale * depths[i] + shift) * random.nextDouble(0.99, 1.01);
        }
        return meters;
    }
}
