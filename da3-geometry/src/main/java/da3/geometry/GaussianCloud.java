package da3.geometry;

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
