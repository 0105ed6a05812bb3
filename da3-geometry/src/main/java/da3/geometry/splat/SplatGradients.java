package da3.geometry.splat;

import da3.geometry.GaussianCloud;
import da3.geometry.check.Check;

/**
 * The gradient of a loss with respect to Gaussians and the camera that rendered them.
 *
 * @param gaussians the derivative with respect to each number of the cloud, in the layout of the cloud
 * @param pose (3, 4), the derivative with respect to each entry of the world-to-camera matrix, row-major; the entries
 *     of the rotation are treated as independent
 */
public record SplatGradients(GaussianCloud gaussians, double[] pose) {

    /** Returns zeros for a cloud. */
    public static SplatGradients zeros(GaussianCloud cloud) {
        GaussianCloud zeros = new GaussianCloud(
                new float[cloud.means().length],
                new float[cloud.scales().length],
                new float[cloud.rotations().length],
                new float[cloud.harmonics().length],
                new float[cloud.opacities().length],
                cloud.degree());
        return new SplatGradients(zeros, new double[12]);
    }

    /**
     * Adds the gradients of the Gaussians of another view of the same cloud; the gradient of the pose is not changed.
     *
     * @throws IllegalArgumentException if the clouds differ in size or degree
     */
    public void addGaussians(SplatGradients other) {
        GaussianCloud from = other.gaussians;
        if (from.size() != gaussians.size() || from.degree() != gaussians.degree()) {
            throw Check.invalid("gradients to add", "of " + gaussians, from);
        }
        add(from.means(), gaussians.means());
        add(from.scales(), gaussians.scales());
        add(from.rotations(), gaussians.rotations());
        add(from.harmonics(), gaussians.harmonics());
        add(from.opacities(), gaussians.opacities());
    }

    private static void add(float[] from, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    @Override
    public String toString() {
        return "SplatGradients[" + gaussians.size() + ", degree " + gaussians.degree() + "]";
    }
}
