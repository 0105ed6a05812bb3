package da3.geometry.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.TriangleMesh;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TsdfBadInputTest {

    private static final TsdfOptions OPTIONS = TsdfOptions.of(0.02);
    private static final Camera CAMERA = new Camera(Pose.IDENTITY, new Intrinsics(32, 32, 16, 16));

    private static Scene scene(float depth, Optional<Camera> camera) {
        float[] depths = new float[32 * 32];
        Arrays.fill(depths, depth);
        View view = new View(
                new Image(32, 32, new byte[3 * 32 * 32]), new ScalarMap(32, 32, depths), Optional.empty(), camera);
        return new Scene(List.of(view), Optional.empty(), false);
    }

    @Test
    void anEmptyScene() {
        Scene empty = new Scene(List.of(), Optional.empty(), false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TsdfVolume.fuse(empty, OPTIONS))
                .withMessageContaining("number of views must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TsdfOptions.forScene(empty))
                .withMessageContaining("number of views must be at least 1");
        assertThat(new TsdfVolume(OPTIONS).extractMesh().triangleCount()).isZero();
    }

    @Test
    void anInterruptedThread() {
        Scene scene = scene(1, Optional.of(CAMERA));
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> TsdfVolume.fuse(scene, OPTIONS))
                    .withMessage("fusion was cancelled: its thread was interrupted");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void viewsWithoutCameras() {
        Scene scene = scene(1, Optional.empty());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TsdfVolume.fuse(scene, OPTIONS))
                .withMessageContaining("camera of view 0 must be present");
    }

    @Test
    void degenerateCameras() {
        Camera flat = new Camera(new Pose(new Mat3(1, 0, 0, 0, 1, 0, 0, 0, 0), Vec3.ZERO), CAMERA.intrinsics());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TsdfVolume.fuse(scene(1, Optional.of(flat)), OPTIONS))
                .withMessageContaining("pose of view 0 must be a rigid motion");
        Camera blind = new Camera(Pose.IDENTITY, new Intrinsics(0, 32, 16, 16));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TsdfVolume.fuse(scene(1, Optional.of(blind)), OPTIONS))
                .withMessageContaining("focal lengths of the intrinsics of view 0 must be positive, got 0.0");
        Camera lost = new Camera(Pose.IDENTITY.withTranslation(new Vec3(Double.NaN, 0, 0)), CAMERA.intrinsics());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TsdfVolume(OPTIONS)
                        .integrate(scene(1, Optional.of(lost)).view(0)))
                .withMessageContaining("the pose of the view must be finite");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, 0, -1, Float.POSITIVE_INFINITY, Float.MIN_VALUE})
    void invalidDepths(float depth) {
        TsdfVolume volume = TsdfVolume.fuse(scene(depth, Optional.of(CAMERA)), OPTIONS);
        assertThat(volume.blockCount()).isZero();
        assertThat(volume.extractMesh().vertexCount()).isZero();
    }

    @Test
    void someInvalidDepths() {
        Scene scene = scene(1, Optional.of(CAMERA));
        scene.view(0).depth().values()[500] = Float.NaN;
        TriangleMesh mesh = TsdfVolume.fuse(scene, OPTIONS).extractMesh();
        assertThat(mesh.triangleCount()).isGreaterThan(1000);
        for (float value : mesh.positions()) {
            assertThat(value).isFinite();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.01, Double.NaN, Double.POSITIVE_INFINITY})
    void voxelSizesThatAreNotPositive(double size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TsdfOptions.of(size))
                .withMessageContaining("voxel size must be positive and finite, got " + size);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OPTIONS.withVoxelSize(size))
                .withMessageContaining("voxel size");
    }

    @Test
    void optionsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OPTIONS.withTruncation(0.01))
                .withMessageContaining("truncation must be 1 to 32 voxels, from 0.02 to 0.64, got 0.01");
        assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withTruncation(1));
        assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withMaxDepth(0));
        assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withMaxBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withThreads(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withWeights(true, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OPTIONS.withEdgeTrust(1.1))
                .withMessage("edge trust must be from 0 to 1, got 1.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OPTIONS.withWitness(0))
                .withMessage("witness must be positive, got 0.0");
    }

    /** The voxel size in the message fits. */
    @Test
    void tooLittleMemory() {
        TsdfOptions small = OPTIONS.withMaxBytes(20L * TsdfVolume.BYTES_PER_BLOCK);
        Scene scene = scene(1, Optional.of(CAMERA));
        Throwable refusal = catchThrowable(() -> TsdfVolume.fuse(scene, small));
        assertThat(refusal)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching(
                        "the scene with voxels of 0\\.02 needs more than 246720 bytes.* a voxel size of 0\\.\\d+ fits");
        double named = Double.parseDouble(refusal.getMessage().replaceAll(".* size of (0\\.\\d+) fits", "$1"));
        assertThat(named).isBetween(0.02, 0.2);
        assertThat(TsdfVolume.fuse(scene, small.withVoxelSize(named)).bytes()).isLessThanOrEqualTo(small.maxBytes());
        TsdfVolume volume = new TsdfVolume(small);
        assertThatIllegalStateException()
                .isThrownBy(() -> volume.integrate(scene.view(0)))
                .withMessageContaining("the volume with this view");
        assertThat(volume.blockCount()).isZero();
        assertThatIllegalStateException()
                .isThrownBy(() -> TsdfVolume.fuse(scene, OPTIONS.withMaxBytes(1)))
                .withMessageContaining("no voxel size fits");
    }

    /** The blocks of the view would need more memory than the machine has. */
    @Test
    void farTooSmallVoxelsAreRejectedBeforeAllocation() {
        int width = 640;
        int height = 480;
        float[] depths = new float[width * height];
        Arrays.fill(depths, 1);
        View view = new View(
                new Image(width, height, new byte[3 * width * height]),
                new ScalarMap(width, height, depths),
                Optional.empty(),
                Optional.of(new Camera(Pose.IDENTITY, new Intrinsics(500, 500, 320, 240))));
        TsdfOptions tiny = TsdfOptions.of(1e-5).withTruncation(32e-5).withMaxBytes(1 << 20);
        assertThatIllegalStateException()
                .isThrownBy(() -> TsdfVolume.fuse(new Scene(List.of(view), Optional.empty(), false), tiny))
                .withMessageContaining("no voxel size fits");
        assertThatIllegalStateException()
                .isThrownBy(() -> new TsdfVolume(tiny).integrate(view))
                .withMessageContaining("the volume with this view");
    }

    @Test
    void voxelsTooSmallForTheWorld() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TsdfVolume.fuse(scene(1e6f, Optional.of(CAMERA)), TsdfOptions.of(1e-3)))
                .withMessageStartingWith("voxel size for a point ")
                .withMessageContaining("must be above 0.");
    }
}
