package da3.geometry;

import da3.geometry.gaussian.GaussianAdapter;
import da3.geometry.math.Quaternion;
import da3.geometry.math.SphericalHarmonics;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * 3D Gaussians in the world frame, one record of each array a Gaussian.
 *
 * @param means size x 3
 * @param scales size x 3, standard deviations along the Gaussian's own axes
 * @param rotations size x 4, quaternions w, x, y, z of any length above 0: how renderers and files of Gaussians read the
 *     reference's numbers (see {@link GaussianAdapter})
 * @param harmonics size x 3 x (degree+1)^2, color-major
 * @param opacities size, 0 to 1
 * @param degree of the spherical harmonics
 */
public record GaussianCloud(
        float[] means, float[] scales, float[] rotations, float[] harmonics, float[] opacities, int degree) {

    /** The same Gaussians in another unit of length. */
    public GaussianCloud scaled(double s) {
        return new GaussianCloud(times(means, s), times(scales, s), rotations, harmonics, opacities, degree);
    }

    /** The same Gaussians moved, turned and in another unit of length. */
    public GaussianCloud transformed(Sim3 motion) {
        GaussianCloud moved = new GaussianCloud(
                new float[means.length],
                times(scales, motion.scale()),
                new float[rotations.length],
                new float[harmonics.length],
                opacities,
                degree);
        Quaternion turn = Quaternion.ofMatrix(motion.rotation());
        double[][] blocks = SphericalHarmonics.rotation(motion.rotation(), degree);
        int coefficients = SphericalHarmonics.coefficients(degree);
        double[] color = new double[coefficients];
        for (int i = 0; i < size(); i++) {
            Vec3 mean = motion.transform(new Vec3(means[3 * i], means[3 * i + 1], means[3 * i + 2]));
            moved.means[3 * i] = (float) mean.x();
            moved.means[3 * i + 1] = (float) mean.y();
            moved.means[3 * i + 2] = (float) mean.z();
            turn(turn, rotations, moved.rotations, 4 * i);
            for (int c = 3 * i; c < 3 * i + 3; c++) {
                for (int k = 0; k < coefficients; k++) {
                    color[k] = harmonics[c * coefficients + k];
                }
                SphericalHarmonics.rotate(blocks, color, 0, moved.harmonics, c * coefficients);
            }
        }
        return moved;
    }

    /**
     * Without Gaussians of a scale that is not above 0. A predicted depth that is corrected to below 0 gives such ones: they
     * lie behind the camera that predicted them, and no renderer or file knows what they are.
     */
    public GaussianCloud withPositiveScales() {
        int[] kept = IntStream.range(0, size())
                .filter(i -> scales[3 * i] > 0 && scales[3 * i + 1] > 0 && scales[3 * i + 2] > 0)
                .toArray();
        return kept.length == size()
                ? this
                : new GaussianCloud(
                        chosen(means, 3, kept),
                        chosen(scales, 3, kept),
                        chosen(rotations, 4, kept),
                        chosen(harmonics, harmonics.length / size(), kept),
                        chosen(opacities, 1, kept),
                        degree);
    }

    private static float[] chosen(float[] values, int each, int[] indices) {
        float[] chosen = new float[each * indices.length];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(values, each * indices[i], chosen, each * i, each);
        }
        return chosen;
    }

    private static void turn(Quaternion turn, float[] from, float[] to, int at) {
        Quaternion q = turn.times(new Quaternion(from[at + 1], from[at + 2], from[at + 3], from[at]));
        double s = (q.w() < 0 ? -1 : 1) / Math.sqrt(q.x() * q.x() + q.y() * q.y() + q.z() * q.z() + q.w() * q.w());
        to[at] = (float) (s * q.w());
        to[at + 1] = (float) (s * q.x());
        to[at + 2] = (float) (s * q.y());
        to[at + 3] = (float) (s * q.z());
    }

    /**
     * The same Gaussians with each moved along the ray from its camera's center, and grown in proportion.
     *
     * @param centers of the cameras, view after view; each view has as many Gaussians as any other
     * @param factor of the distance from the center, for Gaussian {@code i}
     */
    public GaussianCloud alongRays(List<Vec3> centers, IntToDoubleFunction factor) {
        float[] movedMeans = new float[means.length];
        float[] grownScales = new float[scales.length];
        int perView = size() / centers.size();
        for (int i = 0; i < size(); i++) {
            Vec3 center = centers.get(i / perView);
            double f = factor.applyAsDouble(i);
            movedMeans[3 * i] = (float) (center.x() + f * (means[3 * i] - center.x()));
            movedMeans[3 * i + 1] = (float) (center.y() + f * (means[3 * i + 1] - center.y()));
            movedMeans[3 * i + 2] = (float) (center.z() + f * (means[3 * i + 2] - center.z()));
            for (int axis = 3 * i; axis < 3 * i + 3; axis++) {
                grownScales[axis] = (float) (scales[axis] * f);
            }
        }
        return new GaussianCloud(movedMeans, grownScales, rotations, harmonics, opacities, degree);
    }

    private static float[] times(float[] values, double s) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = (float) (values[i] * s);
        }
        return scaled;
    }

    public int size() {
        return opacities.length;
    }

    /**
     * Refuses what cannot be drawn.
     *
     * @throws IllegalArgumentException if there is no Gaussian, arrays do not fit each other, a number is not finite, a
     *     scale is negative, an opacity outside 0 to 1, or a rotation all zeros; the message names the Gaussian
     */
    public GaussianCloud requireValid() {
        int size = size();
        if (size == 0) {
            throw new IllegalArgumentException("a cloud of no Gaussians; legal: at least one");
        }
        requireFinite("mean", means, 3);
        requireFinite("scale", scales, 3);
        requireFinite("rotation", rotations, 4);
        requireFinite("color", harmonics, 3 * SphericalHarmonics.coefficients(degree));
        for (int i = 0; i < size; i++) {
            if (!(opacities[i] >= 0 && opacities[i] <= 1)) {
                throw new IllegalArgumentException(
                        "Gaussian " + i + " has opacity " + opacities[i] + "; legal: 0 to 1");
            }
            float smallest = Math.min(scales[3 * i], Math.min(scales[3 * i + 1], scales[3 * i + 2]));
            if (smallest < 0) {
                throw new IllegalArgumentException("Gaussian " + i + " has scale " + smallest + "; legal: 0 or more");
            }
            if (rotations[4 * i] == 0
                    && rotations[4 * i + 1] == 0
                    && rotations[4 * i + 2] == 0
                    && rotations[4 * i + 3] == 0) {
                throw new IllegalArgumentException(
                        "Gaussian " + i + " has rotation 0, 0, 0, 0; legal: a quaternion of any length above 0");
            }
        }
        return this;
    }

    private void requireFinite(String name, float[] values, int each) {
        if (values.length != (long) each * size()) {
            throw new IllegalArgumentException(size() + " Gaussians have " + values.length + " numbers of " + name
                    + "; legal: " + (long) each * size());
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "Gaussian " + i / each + " has " + name + " " + values[i] + "; legal: finite");
            }
        }
    }

    @Override
    public String toString() {
        return "GaussianCloud[" + size() + ", degree " + degree + "]";
    }
}
