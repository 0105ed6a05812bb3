package da3.bench;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.Scene;
import da3.geometry.TriangleMesh;
import da3.geometry.check.Check;
import da3.geometry.fusion.TsdfOptions;
import da3.geometry.fusion.TsdfVolume;
import da3.geometry.splat.PixelSplats;
import da3.geometry.splat.SplatImage;
import da3.geometry.splat.SplatOptions;
import da3.geometry.splat.SplatRasterizer;
import da3.synthetic.SampleScenes;
import da3.synthetic.SyntheticRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures processing after the network on a synthetic room: fusion of exact depth to a mesh, and rendering of splats.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 7)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx4g"})
public class SceneBenchmark {

    private static final double FIELD_OF_VIEW = 1.15; // horizontal, radians

    @Param("50")
    int views = 50;

    @Param("504")
    int width = 504;

    /** In meters. */
    @Param("0.01")
    double voxelSize = 0.01;

    /** Width of the rendered frame; the height is 9/16 of it. */
    @Param("960")
    int frameWidth = 960;

    private Scene room;
    private GaussianCloud splats;
    private Camera novelCamera;

    /** Renders the views; one splat per pixel, from as many views as a million splats need. */
    @Setup
    public void render() {
        room = room(views, width);
        int splatViews = (int) Math.ceil(1e6 / (width * height(width)));
        splats = PixelSplats.of(room(Math.min(views, splatViews), width));
        Pose pose = SampleScenes.indoorArc().withCount(2 * views + 1).poses().get(views);
        novelCamera = new Camera(pose, intrinsics(frameWidth, frameWidth * 9 / 16));
    }

    /** Fuses the views and returns the mesh, which must not be empty. */
    @Benchmark
    public TriangleMesh fuse() {
        TriangleMesh mesh = TsdfVolume.fuse(room, TsdfOptions.of(voxelSize)).extractMesh();
        if (mesh.triangleCount() == 0) {
            throw new IllegalStateException("the mesh of " + views + " views has no triangles");
        }
        return mesh;
    }

    /** Renders a frame between two views, at least 80 % of which must be covered. */
    @Benchmark
    public SplatImage splat() {
        SplatImage frame =
                SplatRasterizer.render(splats, novelCamera, frameWidth, frameWidth * 9 / 16, SplatOptions.defaults());
        int covered = 0;
        for (float depth : frame.depth().values()) {
            covered += depth > 0 ? 1 : 0;
        }
        if (covered < 0.8 * frame.depth().values().length) {
            throw new IllegalStateException(Check.message(
                    "number of covered pixels",
                    "at least 80 % of " + frame.depth().values().length,
                    covered));
        }
        return frame;
    }

    /** Returns the number of splats. */
    int splats() {
        return splats.opacities().length;
    }

    private static Scene room(int views, int width) {
        List<Camera> cameras = new ArrayList<>();
        for (Pose pose : SampleScenes.indoorArc().withCount(views).poses()) {
            cameras.add(new Camera(pose, intrinsics(width, height(width))));
        }
        return SyntheticRenderer.render(SampleScenes.indoor(42), cameras, width, height(width));
    }

    private static int height(int width) {
        return width * 3 / 4;
    }

    private static Intrinsics intrinsics(int width, int height) {
        double f = width / 2.0 / Math.tan(FIELD_OF_VIEW / 2);
        return new Intrinsics(f, f, width / 2.0, height / 2.0);
    }
}
