package da3.verify;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Converts the tensors of a case to geometry values. Leading axes are flattened in row-major order. */
final class Inputs {

    private final GoldenCase golden;

    Inputs(GoldenCase golden) {
        this.golden = golden;
    }

    /** Returns the poses of a tensor (.., 3, 4) or (.., 4, 4). */
    List<Pose> poses(String name) throws IOException {
        GoldenTensor tensor = golden.tensor(name);
        double[] values = tensor.doubles();
        List<Pose> poses = new ArrayList<>();
        for (int at = 0; at < values.length; at += 4 * tensor.size(-2)) {
            poses.add(Pose.ofMatrix(values, at));
        }
        return poses;
    }

    /** Returns the matrices of a tensor (.., 3, 3). */
    List<Mat3> matrices(String name) throws IOException {
        double[] values = golden.tensor(name).doubles();
        List<Mat3> matrices = new ArrayList<>();
        for (int at = 0; at < values.length; at += 9) {
            matrices.add(Mat3.of(values, at));
        }
        return matrices;
    }

    /** Returns the points of a tensor (.., 3). */
    List<Vec3> points(String name) throws IOException {
        double[] values = golden.tensor(name).doubles();
        List<Vec3> points = new ArrayList<>();
        for (int at = 0; at < values.length; at += 3) {
            points.add(new Vec3(values[at], values[at + 1], values[at + 2]));
        }
        return points;
    }

    /** Returns the intrinsics of a tensor (.., 3, 3). */
    List<Intrinsics> intrinsics(String name) throws IOException {
        return matrices(name).stream()
                .map(k -> Intrinsics.ofMatrix(k.toArray(), 0))
                .toList();
    }

    /** Returns the cameras of {@code in.extrinsics}, world-to-camera, and {@code in.intrinsics}. */
    List<Camera> cameras() throws IOException {
        List<Pose> poses = poses("in.extrinsics");
        List<Intrinsics> intrinsics = intrinsics("in.intrinsics");
        List<Camera> cameras = new ArrayList<>();
        for (int view = 0; view < poses.size(); view++) {
            cameras.add(new Camera(poses.get(view), intrinsics.get(view)));
        }
        return cameras;
    }

    /** Returns the maps of a tensor (.., height, width). */
    List<ScalarMap> maps(String name) throws IOException {
        GoldenTensor tensor = golden.tensor(name);
        float[] values = tensor.floats();
        int width = tensor.size(-1);
        int height = tensor.size(-2);
        List<ScalarMap> maps = new ArrayList<>();
        for (int at = 0; at < values.length; at += width * height) {
            maps.add(new ScalarMap(width, height, Arrays.copyOfRange(values, at, at + width * height)));
        }
        return maps;
    }

    /** Returns the indices of an I64 tensor (rows, columns). */
    int[][] table(String name) throws IOException {
        GoldenTensor tensor = golden.tensor(name);
        int columns = tensor.size(-1);
        int[][] table = new int[tensor.length() / columns][columns];
        for (int i = 0; i < tensor.length(); i++) {
            table[i / columns][i % columns] = Math.toIntExact(tensor.longs()[i]);
        }
        return table;
    }
}
