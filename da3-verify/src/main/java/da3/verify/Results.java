package da3.verify;

import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Collects the computed tensors of a case, with the dtypes and shapes of the expected ones. */
final class Results {

    private final GoldenCase golden;
    private final Map<String, GoldenTensor> tensors = new LinkedHashMap<>();

    Results(GoldenCase golden) {
        this.golden = golden;
    }

    /** Returns the rest of the names of the expected tensors that begin with a prefix. */
    List<String> expected(String prefix) {
        return golden.expected().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    /**
     * Adds a tensor, unless the case does not expect it.
     *
     * @throws IllegalArgumentException if the case expects another number of values
     */
    void put(String name, double... values) throws IOException {
        if (!golden.has(name)) {
            return;
        }
        GoldenTensor expected = golden.tensor(name);
        if (values.length != expected.length()) {
            throw Check.invalid("number of values of " + name, expected.length() + " for " + expected, values.length);
        }
        tensors.put(name, new GoldenTensor(expected.dtype(), expected.shape(), inDtypeOf(expected, values)));
    }

    void put(String name, float[] values) throws IOException {
        put(name, doubles(values));
    }

    /** Adds unsigned bytes. */
    void put(String name, byte[] values) throws IOException {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i] & 0xff;
        }
        put(name, doubles);
    }

    /** Adds the masks of all views; 1 means true. */
    void putMasks(String name, List<boolean[]> masks) throws IOException {
        put(name, joined(masks.stream().map(Results::zerosAndOnes).toList()));
    }

    void putMaps(String name, List<ScalarMap> maps) throws IOException {
        put(name, joined(maps.stream().map(map -> doubles(map.values())).toList()));
    }

    void putMatrices(String name, List<Mat3> matrices) throws IOException {
        put(name, joined(matrices.stream().map(Mat3::toArray).toList()));
    }

    void putVectors(String name, List<Vec3> vectors) throws IOException {
        put(
                name,
                vectors.stream()
                        .flatMapToDouble(v -> DoubleStream.of(v.x(), v.y(), v.z()))
                        .toArray());
    }

    /** Adds poses as 3x4 or 4x4 matrices, as the case expects them. */
    void putPoses(String name, List<Pose> poses) throws IOException {
        if (golden.has(name)) {
            boolean fourRows = golden.tensor(name).size(-2) == 4;
            put(
                    name,
                    joined(poses.stream()
                            .map(p -> fourRows ? homogeneous(p) : p.toMatrix3x4())
                            .toList()));
        }
    }

    Map<String, GoldenTensor> asMap() {
        return tensors;
    }

    private static Object inDtypeOf(GoldenTensor expected, double[] values) {
        return switch (expected.dtype()) {
            case F32 -> floats(values);
            case F64 -> values;
            case I64 -> Arrays.stream(values).mapToLong(v -> (long) v).toArray();
            default -> bytes(values);
        };
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static byte[] bytes(double[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) (int) values[i];
        }
        return bytes;
    }

    private static double[] homogeneous(Pose pose) {
        double[] matrix = Arrays.copyOf(pose.toMatrix3x4(), 16);
        matrix[15] = 1;
        return matrix;
    }

    private static double[] zerosAndOnes(boolean[] mask) {
        double[] values = new double[mask.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = mask[i] ? 1 : 0;
        }
        return values;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static double[] joined(List<double[]> parts) {
        double[] all = new double[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (double[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
