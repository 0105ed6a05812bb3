package da3.evaluation;

import da3.evaluation.surface.FusionSettings;
import da3.evaluation.surface.TsdfProtocol;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.PointCloud;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A suite of one scene: views of a wall at z = 2 from cameras at z = 0 that look straight at it. */
public final class WallSuite implements Suite {

    public static final double DISTANCE = 2;
    public static final double VOXEL = 0.02;
    public static final double THRESHOLD = 0.1;

    private static final int SIDE = 48;
    private static final double FOCAL = 48;
    private static final double[][] CENTERS = {{0, 0}, {0.2, 0}, {0, 0.2}, {0.2, 0.2}, {0.1, -0.1}};

    @Override
    public String description() {
        return "wall";
    }

    @Override
    public List<String> scenes() {
        return List.of("wall");
    }

    @Override
    public EvaluationScene load(String scene) {
        List<View> views = new ArrayList<>();
        for (double[] center : CENTERS) {
            byte[] rgb = new byte[3 * SIDE * SIDE];
            Arrays.fill(rgb, (byte) views.size()); // told apart by color
            float[] depth = new float[SIDE * SIDE];
            Arrays.fill(depth, (float) DISTANCE);
            Pose pose = new Pose(Mat3.IDENTITY, new Vec3(-center[0], -center[1], 0));
            views.add(new View(
                    new Image(SIDE, SIDE, rgb),
                    new ScalarMap(SIDE, SIDE, depth),
                    Optional.empty(),
                    Optional.of(new Camera(pose, new Intrinsics(FOCAL, FOCAL, SIDE / 2.0, SIDE / 2.0)))));
        }
        FusionSettings settings = new FusionSettings(VOXEL, 5 * VOXEL, 10, THRESHOLD, VOXEL).withSamples(60_000);
        return new EvaluationScene(
                scene, Map.of(), views, Optional.of(new SurfaceTruth(WallSuite::surface, new TsdfProtocol(settings))));
    }

    /** Points of the wall that the first view sees, closer together than voxels. */
    private static PointCloud surface() {
        int side = 200;
        double half = DISTANCE * SIDE / (2 * FOCAL);
        float[] positions = new float[3 * side * side];
        for (int i = 0; i < side * side; i++) {
            positions[3 * i] = (float) (half * (2.0 * (i % side) / (side - 1) - 1));
            positions[3 * i + 1] = (float) (half * (2.0 * (i / side) / (side - 1) - 1));
            positions[3 * i + 2] = (float) DISTANCE;
        }
        return new PointCloud(positions, new byte[positions.length]);
    }
}
