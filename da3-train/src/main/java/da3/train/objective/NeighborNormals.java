package da3.train.objective;

import da3.geometry.math.Vec3;

/**
 * The four normals of a surface at a pixel, each from the offsets to two neighbors: up and left, left and down, down and
 * right, right and up. Their lengths are twice the areas of the triangles. Source: the Depth Anything 3 paper, arXiv
 * 2511.10647, distance-weighted normals.
 */
public final class NeighborNormals {

    static final int COUNT = 4;
    private static final int[] ROW = {-1, 0, 1, 0};
    private static final int[] COLUMN = {0, -1, 0, 1};

    private final Vec3[] offsets = new Vec3[COUNT];
    private final Vec3[] normals = new Vec3[COUNT];

    /** @param row of a pixel that is not on the border, as is the column */
    public NeighborNormals(DepthPoints points, int row, int column) {
        Vec3 center = points.at(row, column);
        for (int i = 0; i < COUNT; i++) {
            offsets[i] = points.at(row + ROW[i], column + COLUMN[i]).minus(center);
        }
        for (int i = 0; i < COUNT; i++) {
            normals[i] = offsets[i].cross(offsets[(i + 1) % COUNT]);
        }
    }

    /** Returns one of the four normals, not of unit length. */
    Vec3 get(int i) {
        return normals[i];
    }

    /**
     * Returns the mean normal, not of unit length: the sum of the unit normals, each weighted by the lengths of the
     * other three, so that the nearest neighbors have the largest weights.
     */
    public Vec3 mean() {
        double sum = lengths();
        Vec3 mean = Vec3.ZERO;
        for (Vec3 normal : normals) {
            mean = mean.plus(unit(normal).times(sum - normal.norm()));
        }
        return mean;
    }

    /**
     * Adds the gradient of a function of the normals to that of the depths.
     *
     * @param gradients with respect to the four normals; overwritten
     * @param ofMean with respect to the mean normal
     * @param factor of everything that is added
     * @param depthGradient (rows, columns)
     */
    void addGradient(
            DepthPoints points,
            int row,
            int column,
            Vec3[] gradients,
            Vec3 ofMean,
            double factor,
            double[] depthGradient) {
        addMean(gradients, ofMean);
        Vec3 center = Vec3.ZERO;
        for (int i = 0; i < COUNT; i++) {
            int previous = (i + COUNT - 1) % COUNT;
            Vec3 gradient =
                    offsets[(i + 1) % COUNT].cross(gradients[i]).plus(gradients[previous].cross(offsets[previous]));
            add(points, row + ROW[i], column + COLUMN[i], gradient.times(factor), depthGradient);
            center = center.minus(gradient);
        }
        add(points, row, column, center.times(factor), depthGradient);
    }

    private void addMean(Vec3[] gradients, Vec3 ofMean) {
        double sum = lengths();
        double alongAll = 0;
        for (Vec3 normal : normals) {
            alongAll += ofMean.dot(unit(normal));
        }
        for (int i = 0; i < COUNT; i++) {
            double length = normals[i].norm();
            if (length == 0) {
                continue;
            }
            Vec3 unit = unit(normals[i]);
            double along = ofMean.dot(unit);
            // The length of this normal is in the weights of the other three, and its direction in one summand.
            gradients[i] = gradients[i]
                    .plus(unit.times(alongAll - along))
                    .plus(ofMean.minus(unit.times(along)).times((sum - length) / length));
        }
    }

    private static void add(DepthPoints points, int row, int column, Vec3 gradient, double[] depthGradient) {
        depthGradient[row * points.columns() + column] += gradient.dot(points.ray(row, column));
    }

    private double lengths() {
        double sum = 0;
        for (Vec3 normal : normals) {
            sum += normal.norm();
        }
        return sum;
    }

    /** Returns the unit vector of a direction; 0 for 0. */
    private static Vec3 unit(Vec3 v) {
        double norm = v.norm();
        return norm == 0 ? Vec3.ZERO : v.times(1 / norm);
    }
}
