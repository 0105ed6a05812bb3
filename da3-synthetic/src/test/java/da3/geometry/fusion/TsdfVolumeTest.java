package da3.geometry.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.TriangleMesh;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import da3.geometry.points.PointFilterOptions;
import da3.synthetic.Box;
import da3.synthetic.CameraRig;
import da3.synthetic.Color;
import da3.synthetic.SampleScenes;
import da3.synthetic.SyntheticScene;
import da3.synthetic.Texture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TsdfVolumeTest {

    private static Scene sphere;

    @BeforeAll
    static void render() {
        sphere = RenderedScenes.sphere(96);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.04, 0.053, 0.07})
    void aSphereGivesOneAccurateClosedSurface(double voxel) {
        TriangleMesh mesh = TsdfVolume.fuse(sphere, TsdfOptions.of(voxel)).extractMesh();
        Topology topology = Topology.of(mesh);
        assertThat(topology.isClosed()).as(topology.toString()).isTrue();
        assertThat(topology.eulerCharacteristic()).isEqualTo(2);
        float[] p = mesh.positions();
        for (int i = 0; i < p.length; i += 3) {
            Vec3 point = new Vec3(p[i], p[i + 1], p[i + 2]);
            Vec3 normal = new Vec3(mesh.normals()[i], mesh.normals()[i + 1], mesh.normals()[i + 2]);
            assertThat(point.norm()).isCloseTo(1, within(0.5 * voxel));
            assertThat(normal.dot(point.times(1 / point.norm()))).isGreaterThan(0.98);
        }
        // Six times the volume of the tetrahedra to the center, positive where triangles face outwards.
        assertThat(sixVolumes(mesh) / 6).isCloseTo(4 * Math.PI / 3, within(4 * Math.PI * 0.25 * voxel));
    }

    @Test
    void aRoomWithExactDepthIsAccurateToHalfAVoxel() {
        SyntheticScene room = SampleScenes.indoor(1);
        Scene scene = RenderedScenes.scene(room, cameras(), 168, 126);
        double voxel = 0.04;
        TriangleMesh mesh = TsdfVolume.fuse(scene, TsdfOptions.of(voxel)).extractMesh();
        MeshTruth truth = MeshTruth.of(mesh, scene, room);
        assertThat(truth.meanError()).as(truth.figures(voxel)).isLessThan(0.04 * voxel);
        assertThat(truth.accuracy(0.501 * voxel)).as(truth.figures(voxel)).isGreaterThan(0.9985);
        assertThat(truth.completeness(voxel)).as(truth.figures(voxel)).isGreaterThan(0.97);
        assertThat(truth.f1(voxel)).as(truth.figures(voxel)).isGreaterThan(0.985);
        assertThat(Topology.of(mesh).crowdedEdges()).isZero();
    }

    @Test
    void noiseOfAPercentIsAveragedAway() {
        SyntheticScene room = SampleScenes.indoor(1);
        Scene scene = RenderedScenes.scene(room, cameras(), 168, 126);
        double voxel = 0.05;
        TriangleMesh mesh = TsdfVolume.fuse(RenderedScenes.noisy(scene, 0.01, 3), TsdfOptions.of(voxel))
                .extractMesh();
        MeshTruth truth = MeshTruth.of(mesh, scene, room);
        assertThat(truth.meanError()).as(truth.figures(voxel)).isLessThan(0.3 * voxel);
        assertThat(truth.f1(voxel)).as(truth.figures(voxel)).isGreaterThan(0.96);
    }

    @Test
    void keepsThinStructures() {
        SyntheticScene wires = SampleScenes.thinObjects(1);
        List<Camera> cameras = SampleScenes.thinObjectsArc().withCount(6).cameras(CameraRig.lens(168, 126, 1.0));
        Scene scene = RenderedScenes.within(RenderedScenes.scene(wires, cameras, 168, 126), 9);
        double voxel = 0.04;
        TriangleMesh mesh = TsdfVolume.fuse(scene, TsdfOptions.of(voxel)).extractMesh();
        MeshTruth truth = MeshTruth.of(mesh, scene, wires);
        assertThat(truth.error(0.99)).as(truth.figures(voxel)).isLessThan(0.51 * voxel);
        assertThat(truth.completeness(voxel)).as(truth.figures(voxel)).isGreaterThan(0.93);
        // Without the witness limit, the hidden space behind the fence is full of spurious surfaces.
        TsdfOptions trusting = TsdfOptions.of(voxel).withEdgeTrust(1).withWitness(Double.POSITIVE_INFINITY);
        MeshTruth field = MeshTruth.of(TsdfVolume.fuse(scene, trusting).extractMesh(), scene, wires);
        assertThat(field.error(0.99)).as(field.figures(voxel)).isGreaterThan(1.5 * voxel);
    }

    /** Views with depths of 97 and 103 cm give a surface between them, although it is close to neither. */
    @Test
    void contradictingViewsGiveASurfaceBetweenThem() {
        float[] near = new float[64 * 48];
        float[] far = new float[64 * 48];
        Arrays.fill(near, 0.97f);
        Arrays.fill(far, 1.03f);
        Scene both = new Scene(List.of(scene(near).view(0), scene(far).view(0)), Optional.empty(), true);
        TriangleMesh mesh = TsdfVolume.fuse(both, TsdfOptions.of(0.02)).extractMesh();
        int whole =
                TsdfVolume.fuse(scene(near), TsdfOptions.of(0.02)).extractMesh().vertexCount();
        assertThat(mesh.vertexCount()).isGreaterThan(whole * 9 / 10);
    }

    @Test
    void threadsDoNotChangeTheResult() {
        TsdfOptions options = TsdfOptions.of(0.05);
        TriangleMesh one = TsdfVolume.fuse(sphere, options.withThreads(1)).extractMesh();
        for (int threads : new int[] {2, 5}) {
            TriangleMesh more =
                    TsdfVolume.fuse(sphere, options.withThreads(threads)).extractMesh();
            assertThat(Arrays.equals(more.positions(), one.positions())).isTrue();
            assertThat(Arrays.equals(more.normals(), one.normals())).isTrue();
            assertThat(Arrays.equals(more.colors(), one.colors())).isTrue();
            assertThat(Arrays.equals(more.triangles(), one.triangles())).isTrue();
        }
    }

    /** Blocks are then allocated in another order, and views do not update blocks that later views add. */
    @Test
    void integratingViewsOneByOneGivesTheSameSurface() {
        TsdfOptions options = TsdfOptions.of(0.05);
        TsdfVolume volume = new TsdfVolume(options);
        sphere.views().forEach(volume::integrate);
        TriangleMesh mesh = volume.extractMesh();
        TriangleMesh atOnce = TsdfVolume.fuse(sphere, options).extractMesh();
        assertThat(Topology.of(mesh).isClosed()).isTrue();
        assertThat((double) mesh.vertexCount()).isCloseTo(atOnce.vertexCount(), withinPercentage(0.2));
        MeshTruth truth = MeshTruth.of(mesh, sphere, SampleScenes.sphere());
        assertThat(truth.error(1)).as(truth.figures(0.05)).isLessThan(0.15 * 0.05);
    }

    /** A plate thinner than the truncation. */
    @Test
    void keepsBothSidesOfAPlate() {
        Texture white = new Texture.Solid(Color.srgb(0xffffff));
        SyntheticScene plate = SampleScenes.sphere()
                .withSurfaces(List.of(new Box(new Vec3(0, 0, 0.013), new Vec3(1.5, 1.5, 0.1), 0, white)));
        List<Camera> cameras = new ArrayList<>();
        for (double side : new double[] {-2, 2}) {
            for (double x : new double[] {-0.7, 0, 0.7}) {
                Pose pose = CameraRig.lookAt(new Vec3(x, 0.1, side), new Vec3(0, 0.1, 0));
                cameras.add(new Camera(pose, CameraRig.lens(120, 120, 0.9)));
            }
        }
        Scene scene = RenderedScenes.scene(plate, cameras, 120, 120);
        double voxel = 0.04;
        float[] p = TsdfVolume.fuse(scene, TsdfOptions.of(voxel)).extractMesh().positions();
        int[] seen = new int[2];
        for (int i = 0; i < p.length; i += 3) {
            if (Math.abs(p[i]) < 0.6 && Math.abs(p[i + 1]) < 0.6) {
                assertThat(Math.abs(p[i + 2] - 0.013)).isCloseTo(0.05, within(0.5 * voxel));
                seen[p[i + 2] > 0.013 ? 1 : 0]++;
            }
        }
        assertThat(seen[0]).isGreaterThan(800);
        assertThat(seen[1]).isGreaterThan(800);
    }

    @Test
    void allocatesBlocksUpToTheTruncation() {
        float[] depth = new float[64 * 48];
        // Blocks are 16 cm wide; the point is half a voxel before their borders.
        depth[23 * 64 + 31] = 0.95f;
        assertThat(TsdfVolume.fuse(scene(depth), TsdfOptions.of(0.02)).blockCount())
                .isEqualTo(8);
    }

    @Test
    void voxelsBelowTheMinimumWeightAreUnknown() {
        TsdfOptions options = TsdfOptions.of(0.05);
        int all = TsdfVolume.fuse(sphere, options).extractMesh().triangleCount();
        int twice = TsdfVolume.fuse(sphere, options.withWeights(true, 2))
                .extractMesh()
                .triangleCount();
        assertThat(twice).isBetween(1000, all - 1000);
        assertThat(TsdfVolume.fuse(sphere, options.withWeights(true, 25))
                        .extractMesh()
                        .vertexCount())
                .isZero();
    }

    @Test
    void aStepIsNotBridged() {
        // The left half of a wall is one meter nearer.
        float[] depth = new float[64 * 48];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = i % 64 < 32 ? 1 : 2;
        }
        TriangleMesh mesh = TsdfVolume.fuse(scene(depth), TsdfOptions.of(0.02)).extractMesh();
        assertThat(mesh.triangleCount()).isGreaterThan(1000);
        for (int i = 2; i < mesh.positions().length; i += 3) {
            float z = mesh.positions()[i];
            assertThat(Math.min(Math.abs(z - 1), Math.abs(z - 2))).isLessThan(0.01f);
        }
    }

    @Test
    void skyAndLowConfidenceGiveNoSurface() {
        float[] depth = new float[64 * 48];
        Arrays.fill(depth, 1);
        float[] sky = new float[depth.length];
        float[] confidence = new float[depth.length];
        for (int i = 0; i < depth.length; i++) {
            sky[i] = i / 64 < 12 ? 1 : 0;
            confidence[i] = i / 64 < 24 ? 1.2f : 5;
        }
        View view = scene(depth).view(0);
        Scene scene = new Scene(
                List.of(new View(
                        view.image(),
                        view.depth(),
                        Optional.of(new ScalarMap(64, 48, confidence)),
                        view.camera(),
                        Optional.of(new ScalarMap(64, 48, sky)))),
                Optional.empty(),
                true);
        TsdfOptions options = TsdfOptions.of(0.02);
        // The upper 12 of 36 ground rows have low confidence.
        assertThat(top(scene, options.withFilter(PointFilterOptions.everything())))
                .isCloseTo(-12 / 64f, within(0.021f));
        assertThat(top(scene, options.withFilter(PointFilterOptions.defaults())))
                .isCloseTo(0, within(0.021f));
    }

    @Test
    void colorsMatchTheImages() {
        TriangleMesh mesh = TsdfVolume.fuse(sphere, TsdfOptions.of(0.05)).extractMesh();
        double[] mean = new double[3];
        for (int i = 0; i < mesh.colors().length; i++) {
            mean[i % 3] += (mesh.colors()[i] & 0xff) / (double) mesh.vertexCount();
        }
        assertThat(mean[0]).isGreaterThan(mean[2] + 20);
        float[] gray = new float[64 * 48];
        Arrays.fill(gray, 1.5f);
        for (byte channel :
                TsdfVolume.fuse(scene(gray), TsdfOptions.of(0.03)).extractMesh().colors()) {
            assertThat(channel).isEqualTo((byte) 90);
        }
    }

    private static float top(Scene scene, TsdfOptions options) {
        float[] p = TsdfVolume.fuse(scene, options).extractMesh().positions();
        float top = Float.POSITIVE_INFINITY;
        for (int i = 1; i < p.length; i += 3) {
            top = Math.min(top, p[i]);
        }
        return top;
    }

    private static Scene scene(float[] depth) {
        byte[] rgb = new byte[3 * depth.length];
        Arrays.fill(rgb, (byte) 90);
        View view = new View(
                new Image(64, 48, rgb),
                new ScalarMap(64, 48, depth),
                Optional.empty(),
                Optional.of(new Camera(Pose.IDENTITY, new Intrinsics(64, 64, 32, 24))));
        return new Scene(List.of(view), Optional.empty(), true);
    }

    private static List<Camera> cameras() {
        return SampleScenes.indoorArc().withCount(6).cameras(CameraRig.lens(168, 126, 1.2));
    }

    private static double sixVolumes(TriangleMesh mesh) {
        double sum = 0;
        int[] t = mesh.triangles();
        for (int i = 0; i < t.length; i += 3) {
            sum += vertex(mesh, t[i]).dot(vertex(mesh, t[i + 1]).cross(vertex(mesh, t[i + 2])));
        }
        return sum;
    }

    private static Vec3 vertex(TriangleMesh mesh, int i) {
        float[] p = mesh.positions();
        return new Vec3(p[3 * i], p[3 * i + 1], p[3 * i + 2]);
    }
}
