package da3.geometry;

import da3.geometry.check.Check;
import da3.geometry.gaussian.GaussianAdapter;
import da3.geometry.math.Quaternion;
import da3.geometry.math.SphericalHarmonics;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * 3D Gaussians in the world frame, stored as parallel arrays.
 *
 * @param means (size, 3), centers
 * @param scales (size, 3), standard deviations along the axes of the Gaussian
 * @param rotations (size, 4), quaternions w, x, y, z of any positive length, as renderers and PLY files expect them
 *     (see {@link GaussianAdapter})
 * @param harmonics (size, 3, (degree + 1)^2), spherical harmonics of the color, color-major
 * @param opacities (size), 0 to 1
 * @param degree degree of the spherical harmonics
 */
public record GaussianCloud(
        float[] means, float[] scales, float[] rotations, float[] harmonics, float[] opacities, int degree) {

    /** Returns these Gaussians with all lengths multiplied by {@code s}. */
    public GaussianCloud scaled(double s) {
        return new GaussianCloud(times(means, s), times(scales, s), rotations, harmonics, opacities, degree);
    }

    /** Returns these Gaussians transformed by a similarity. */
    public GaussianCloud transformed(Sim3 similarity) {
        GaussianCloud moved = new GaussianCloud(
                new float[means.length],
                times(scales, similarity.scale()),
                new float[rotations.length],
                new float[harmonics.length],
                opacities,
                degree);
        Quaternion rotation = Quaternion.ofMatrix(similarity.rotation());
        double[][] blocks = SphericalHarmonics.rotation(similarity.rotation(), degree);
        int coefficients = SphericalHarmonics.coefficients(degree);
        double[] color = new double[coefficients];
        for (int i = 0; i < size(); i++) {
            Vec3 mean = similarity.transform(new Vec3(means[3 * i], means[3 * i + 1], means[3 * i + 2]));
            moved.means[3 * i] = (float) mean.x();
            moved.means[3 * i + 1] = (float) mean.y();
            moved.means[3 * i + 2] = (float) mean.z();
            rotate(rotation, rotations, moved.rotations, 4 * i);
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
     * Returns this cloud without Gaussians that have a zero or negative scale. Such Gaussians occur where the
     * correction of a predicted depth makes it negative. They are behind the camera that predicted them, and renderers
     * and files cannot represent them.
     */
    public GaussianCloud withPositiveScales() {
        int[] kept = IntStream.range(0, size())
                .filter(i -> scales[3 * i] > 0 && scales[3 * i + 1] > 0 && scales[3 * i + 2] > 0)
                .toArray();
        return kept.length == size()
                ? this
                : new GaussianCloud(
                        select(means, 3, kept),
                        select(scales, 3, kept),
                        select(rotations, 4, kept),
                        select(harmonics, harmonics.length / size(), kept),
                        select(opacities, 1, kept),
                        degree);
    }

    private static float[] select(float[] values, int each, int[] indices) {
        float[] selected = new float[each * indices.length];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(values, each * indices[i], selected, each * i, each);
        }
        return selected;
    }

    private static void rotate(Quaternion rotation, float[] from, float[] to, int at) {
        Quaternion q = rotation.times(new Quaternion(from[at + 1], from[at + 2], from[at + 3], from[at]));
        double s = (q.w() < 0 ? -1 : 1) / Math.sqrt(q.x() * q.x() + q.y() * q.y() + q.z() * q.z() + q.w() * q.w());
        to[at] = (float) (s * q.w());
        to[at + 1] = (float) (s * q.x());
        to[at + 2] = (float) (s * q.y());
        to[at + 3] = (float) (s * q.z());
    }

    /**
     * Returns these Gaussians, each moved along the ray from the center of its camera and scaled by the same factor.
     *
     * @param centers camera centers, one for each view; Gaussians are ordered by view, and every view has the same
     *     number
     * @param factor the factor of Gaussian {@code i}, by which its distance from the center is multiplied
     */
    public GaussianCloud movedAlongRays(List<Vec3> centers, IntToDoubleFunction factor) {
        float[] movedMeans = new float[means.length];
        float[] movedScales = new float[scales.length];
        int perView = size() / centers.size();
        for (int i = 0; i < size(); i++) {
            Vec3 center = centers.get(i / perView);
            double f = factor.applyAsDouble(i);
            movedMeans[3 * i] = (float) (center.x() + f * (means[3 * i] - center.x()));
            movedMeans[3 * i + 1] = (float) (center.y() + f * (means[3 * i + 1] - center.y()));
            movedMeans[3 * i + 2] = (float) (center.z() + f * (means[3 * i + 2] - center.z()));
            for (int axis = 3 * i; axis < 3 * i + 3; axis++) {
                movedScales[axis] = (float) (scales[axis] * f);
            }
        }
        return new GaussianCloud(movedMeans, movedScales, rotations, harmonics, opacities, degree);
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
     * Checks that this cloud can be rendered.
     *
     * @return this cloud
     * @throws IllegalArgumentException if there is no Gaussian, an array has the wrong length, a number is not finite,
     *     a scale is negative, an opacity is outside 0 to 1, or a rotation is all zeros; the message names the Gaussian
     */
    public GaussianCloud requireValid() {
        int size = size();
        Check.atLeast("number of Gaussians", 1, size);
        requireFinite("mean", means, 3);
        requireFinite("scale", scales, 3);
        requireFinite("rotation", rotations, 4);
        requireFinite("color", harmonics, 3 * SphericalHarmonics.coefficients(degree));
        for (int i = 0; i < size; i++) {
            if (!(opacities[i] >= 0 && opacities[i] <= 1)) {
                throw Check.invalid("opacity of Gaussian " + i, "from 0 to 1", opacities[i]);
            }
            float smallest = Math.min(scales[3 * i], Math.min(scales[3 * i + 1], scales[3 * i + 2]));
            if (smallest < 0) {
                throw Check.invalid("scale of Gaussian " + i, "at least 0", smallest);
            }
            if (rotations[4 * i] == 0
                    && rotations[4 * i + 1] == 0
                    && rotations[4 * i + 2] == 0
                    && rotations[4 * i + 3] == 0) {
                throw Check.invalid("rotation of Gaussian " + i, "a quaternion of positive length", "0, 0, 0, 0");
            }
        }
        return this;
    }

    private void requireFinite(String name, float[] values, int each) {
        if (values.length != (long) each * size()) {
            throw Check.invalid(
                    "number of " + name + " values of " + size() + " Gaussians",
                    "" + (long) each * size(),
                    values.length);
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw Check.invalid(name + " of Gaussian " + i / each, "finite", values[i]);
            }
        }
    }

    @Override
    public String toString() {
        return "GaussianCloud[" + size() + ", degree " + degree + "]";
    }
}
