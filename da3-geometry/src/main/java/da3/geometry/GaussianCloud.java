package da3.geometry;

import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * 3D Gaussians in the world frame, one record of each array a Gaussian.
 *
 * @param means size x 3
 * @param scales size x 3, standard deviations along the Gaussian's own axes
 * @param rotations size x 4, in the order in which the reference writes them (see {@link GaussianAdapter})
 * @param harmonics size x 3 x (degree+1)^2, colour-major
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
        double[] colour = new double[coefficients];
        for (int i = 0; i < size(); i++) {
            Vec3 mean = motion.transform(new Vec3(means[3 * i], means[3 * i + 1], means[3 * i + 2]));
            moved.means[3 * i] = (float) mean.x();
            moved.means[3 * i + 1] = (float) mean.y();
            moved.means[3 * i + 2] = (float) mean.z();
            turn.times(new Quaternion(
                            rotations[4 * i], rotations[4 * i + 1], rotations[4 * i + 2], rotations[4 * i + 3]))
                    .write(moved.rotations, 4 * i);
            for (int c = 3 * i; c < 3 * i + 3; c++) {
                for (int k = 0; k < coefficients; k++) {
                    colour[k] = harmonics[c * coefficients + k];
                }
                SphericalHarmonics.rotate(blocks, colour, 0, moved.harmonics, c * coefficients);
            }
        }
        return moved;
    }

    /**
     * The same Gaussians with each moved along the ray from its camera's centre, and grown in proportion.
     *
     * @param centres of the cameras, view after view; each view has as many Gaussians as any other
     * @param factor of the distance from the centre, for Gaussian {@code i}
     */
    public GaussianCloud alongRays(List<Vec3> centres, IntToDoubleFunction factor) {
        float[] movedMeans = new float[means.length];
        float[] grownScales = new float[scales.length];
        int perView = size() / centres.size();
        for (int i = 0; i < size(); i++) {
            Vec3 centre = centres.get(i / perView);
            double f = factor.applyAsDouble(i);
            movedMeans[3 * i] = (float) (centre.x() + f * (means[3 * i] - centre.x()));
            movedMeans[3 * i + 1] = (float) (centre.y() + f * (means[3 * i + 1] - centre.y()));
            movedMeans[3 * i + 2] = (float) (centre.z() + f * (means[3 * i + 2] - centre.z()));
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

    @Override
    public String toString() {
        return "GaussianCloud[" + size() + ", degree " + degree + "]";
    }
}
