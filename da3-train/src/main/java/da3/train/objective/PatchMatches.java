package da3.train.objective;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Vec3;
import java.util.Arrays;

/** Finds the patch of one view that shows the same surface as the center of a patch of another view. */
final class PatchMatches {

    static final int NONE = -1;

    /** Maximum relative depth difference of one surface in two views; more is an occlusion. */
    private static final double SAME_SURFACE = 0.05;

    private final StudentTruth truth;
    private final int patchRows;
    private final int patchColumns;

    PatchMatches(StudentTruth truth, int patchRows, int patchColumns) {
        this.truth = truth;
        this.patchRows = patchRows;
        this.patchColumns = patchColumns;
    }

    /** Returns for every patch of image {@code from} the index of its patch in image {@code to}, or {@link #NONE}. */
    int[] between(int from, int to) {
        int[] matches = new int[patchRows * patchColumns];
        Arrays.fill(matches, NONE);
        Pose toWorld = Cameras.worldToCamera(truth, from).inverse();
        PixelRays rays = new PixelRays(toWorld, Cameras.intrinsics(truth, from));
        Pose target = Cameras.worldToCamera(truth, to);
        Intrinsics k = Cameras.intrinsics(truth, to);
        for (int i = 0; i < matches.length; i++) {
            int row = center(i / patchColumns, truth.rows(), patchRows);
            int column = center(i % patchColumns, truth.columns(), patchColumns);
            if (!truth.mask()[pixel(from, row, column)]) {
                continue;
            }
            double depth = truth.depth()[pixel(from, row, column)];
            Vec3 point = new Vec3(rays.x(row, column), rays.y(row, column), rays.z(row, column))
                    .times(depth)
                    .plus(rays.origin());
            matches[i] = patch(to, target.transform(point), k);
        }
        return matches;
    }

    /** @param point point in the frame of the camera of the image */
    private int patch(int image, Vec3 point, Intrinsics k) {
        if (point.z() <= 0) {
            return NONE;
        }
        int column = (int) Math.floor(k.projectX(point.x(), point.z()));
        int row = (int) Math.floor(k.projectY(point.y(), point.z()));
        if (row < 0 || row >= truth.rows() || column < 0 || column >= truth.columns()) {
            return NONE;
        }
        int pixel = pixel(image, row, column);
        if (!truth.mask()[pixel] || Math.abs(truth.depth()[pixel] - point.z()) > SAME_SURFACE * point.z()) {
            return NONE;
        }
        return row * patchRows / truth.rows() * patchColumns + column * patchColumns / truth.columns();
    }

    private int pixel(int image, int row, int column) {
        return (image * truth.rows() + row) * truth.columns() + column;
    }

    private static int center(int patch, int pixels, int patches) {
        return (2 * patch + 1) * pixels / (2 * patches);
    }
}
