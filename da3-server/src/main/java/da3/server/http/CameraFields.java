package da3.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Cameras as lists of matrices: extrinsics (views, 3 or 4, 4), world-to-camera; intrinsics (views, 3, 3), in pixels. */
final class CameraFields {

    private static final double[] LAST_ROW = {0, 0, 0, 1};

    private CameraFields() {}

    static Optional<List<Pose>> extrinsics(JsonNode node) {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        List<Pose> poses = new ArrayList<>();
        for (JsonNode matrix : requireList(node, "extrinsics")) {
            String name = "extrinsics[" + poses.size() + "]";
            double[] values = matrix(matrix, name, matrix.size() == 4 ? 4 : 3, 4);
            for (int i = 12; i < values.length; i++) {
                if (Math.abs(values[i] - LAST_ROW[i - 12]) > 1e-6) {
                    throw HttpError.illegal(name + " has " + values[i] + " in its last row; legal: 0 0 0 1");
                }
            }
            poses.add(legal(() -> Pose.ofMatrix(values, 0).requireRigid(name)));
        }
        return Optional.of(poses);
    }

    static Optional<List<Intrinsics>> intrinsics(JsonNode node) {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        List<Intrinsics> intrinsics = new ArrayList<>();
        for (JsonNode matrix : requireList(node, "intrinsics")) {
            String name = "intrinsics[" + intrinsics.size() + "]";
            double[] values = matrix(matrix, name, 3, 3);
            intrinsics.add(legal(() -> Intrinsics.ofMatrix(values, 0).requireValid(name)));
        }
        return Optional.of(intrinsics);
    }

    private static JsonNode requireList(JsonNode node, String name) {
        if (!node.isArray()) {
            throw HttpError.malformed(
                    name + " is " + SafeText.shortened(node.toString()) + "; legal: a list of matrices");
        }
        return node;
    }

    private static double[] matrix(JsonNode node, String name, int rows, int columns) {
        String legal = "; legal: a list of " + rows + " rows of " + columns + " numbers";
        double[] values = new double[rows * columns];
        if (!node.isArray() || node.size() != rows) {
            throw HttpError.malformed(name + " is " + SafeText.shortened(node.toString()) + legal);
        }
        for (int i = 0; i < values.length; i++) {
            JsonNode row = node.get(i / columns);
            JsonNode value = row.path(i % columns);
            if (row.size() != columns || !value.isNumber()) {
                throw HttpError.malformed(name + " has the row " + SafeText.shortened(row.toString()) + legal);
            }
            values[i] = value.doubleValue();
        }
        return values;
    }

    private static <T> T legal(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw HttpError.illegal(e.getMessage());
        }
    }
}
