package da3.streaming.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cameras with a field of view of 90 degrees that look along z, at a depth of 2. */
class FrustumOverlapTest {

    @Test
    void overlapFallsWithDistance() {
        FrustumOverlap overlap = overlap(0, 0, 1, 3, 20);
        assertThat(overlap.of(0, 1)).isEqualTo(1);
        assertThat(overlap.of(0, 2)).isCloseTo(0.75f, within(0.01f));
        assertThat(overlap.of(0, 3)).isCloseTo(0.25f, within(0.01f));
        assertThat(overlap.of(0, 4)).isZero();
    }

    /** All points of both frames are in both frusta. */
    @Test
    void ofEqualOverlapsTheNearestIsFirst() {
        FrustumOverlap overlap = overlap(0, 0.2, 0.1);
        assertThat(overlap.of(0, 2))
                .isGreaterThan(overlap.of(0, 1))
                .isLessThan(1)
                .isGreaterThan(0.99f);
    }

    @Test
    void oppositeFrustaDoNotOverlap() {
        Camera forwards = camera(0);
        Mat3 halfTurn = new Mat3(-1, 0, 0, 0, 1, 0, 0, 0, -1);
        Camera backwards = new Camera(new Pose(halfTurn, Vec3.ZERO), forwards.intrinsics());
        FrustumOverlap overlap = new FrustumOverlap(List.of(forwards, backwards), new double[] {2, 2}, 64, 64);
        assertThat(overlap.of(0, 1)).isZero();
    }

    /** After a path of 100, the second visit may be wrong by 2, which counts half for points within that distance. */
    @Test
    void driftWidensFrusta() {
        float direct = overlap(0, 4.5).of(0, 1);
        assertThat(direct).isZero();
        assertThat(overlap(0, 50, 4.5).of(0, 2)).isBetween(0.1f, 0.5f);
    }

    @Test
    void eachCameraHasADepth() {
        assertThatThrownBy(() -> new FrustumOverlap(List.of(camera(0)), new double[2], 64, 64))
                .hasMessage("number of depths must be that of the cameras, 1, got 2");
    }

    private static FrustumOverlap overlap(double... x) {
        List<Camera> cameras = new ArrayList<>();
        double[] depths = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            cameras.add(camera(x[i]));
            depths[i] = 2;
        }
        return new FrustumOverlap(cameras, depths, 64, 64);
    }

    private static Camera camera(double x) {
        return new Camera(new Pose(Mat3.IDENTITY, new Vec3(-x, 0, 0)), new Intrinsics(32, 32, 32, 32));
    }
}
