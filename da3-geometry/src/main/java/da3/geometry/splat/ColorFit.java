package da3.geometry.splat;

import da3.geometry.GaussianCloud;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.check.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * Fits the colors of Gaussians to images. A rendered pixel is linear in the colors, so this is a least squares problem,
 * solved by conjugate gradients on the normal equations (CGLS; Bj&ouml;rck, "Numerical Methods for Least Squares
 * Problems", 1996, section 7.4). Damping keeps colors close to their initial values where images contain little
 * information. The fit compensates the blur of the renderer and of overlapping Gaussians from several views.
 */
final class ColorFit {

    /** More iterations would amplify noise. */
    private static final int STEPS = 10;

    /** Weight of a change of color relative to the error of a pixel. */
    private static final double DAMPING = 0.2;

    private final List<PixelWeights> views = new ArrayList<>();
    private final List<float[]> residuals = new ArrayList<>();

    private ColorFit() {}

    /**
     * Returns the cloud with fitted colors between 0 and 1.
     *
     * @throws IllegalArgumentException if the degree of the harmonics is not 0
     */
    static GaussianCloud of(GaussianCloud cloud, Scene scene) {
        if (cloud.degree() != 0) {
            throw Check.invalid("degree of harmonics", "0", cloud.degree());
        }
        float[] colors = new float[cloud.harmonics().length];
        for (int i = 0; i < colors.length; i++) {
            colors[i] = (float) (0.5 + cloud.harmonics()[i] * HarmonicBasis.CONSTANT);
        }
        ColorFit fit = new ColorFit();
        scene.views().forEach(view -> fit.add(view, cloud, colors));
        float[] change = fit.change(colors.length);
        float[] harmonics = new float[colors.length];
        for (int i = 0; i < colors.length; i++) {
            double color = Math.max(0, Math.min(1, colors[i] + change[i]));
            harmonics[i] = (float) ((color - 0.5) / HarmonicBasis.CONSTANT);
        }
        return new GaussianCloud(
                cloud.means(), cloud.scales(), cloud.rotations(), harmonics, cloud.opacities(), cloud.degree());
    }

    private void add(View view, GaussianCloud cloud, float[] colors) {
        int width = view.image().width();
        int height = view.image().height();
        PixelWeights weights =
                PixelWeights.of(cloud, view.camera().orElseThrow(), width, height, SplatOptions.defaults());
        float[] residual = new float[3 * width * height];
        weights.multiply(colors, residual);
        for (int i = 0; i < residual.length; i++) {
            // sky has no Gaussians and does not contribute
            boolean known = view.depth().values()[i / 3] > 0;
            residual[i] = known ? (view.image().rgb()[i] & 0xff) / 255f - residual[i] : 0;
        }
        views.add(weights);
        residuals.add(residual);
    }

    private float[] change(int size) {
        float[] change = new float[size];
        float[] gradient = gradient(change);
        float[] direction = gradient.clone();
        double squared = squared(gradient);
        for (int step = 0; step < STEPS && squared > 0; step++) {
            List<float[]> images = new ArrayList<>();
            double curvature = DAMPING * DAMPING * squared(direction);
            for (int v = 0; v < views.size(); v++) {
                float[] image = new float[residuals.get(v).length];
                views.get(v).multiply(direction, image);
                curvature += squared(image);
                images.add(image);
            }
            double length = squared / curvature;
            addTo(change, length, direction);
            for (int v = 0; v < views.size(); v++) {
                addTo(residuals.get(v), -length, images.get(v));
            }
            gradient = gradient(change);
            double before = squared;
            squared = squared(gradient);
            for (int i = 0; i < size; i++) {
                direction[i] = (float) (gradient[i] + squared / before * direction[i]);
            }
        }
        return change;
    }

    private float[] gradient(float[] change) {
        float[] gradient = new float[change.length];
        addTo(gradient, -DAMPING * DAMPING, change);
        for (int v = 0; v < views.size(); v++) {
            views.get(v).addTransposed(residuals.get(v), gradient);
        }
        return gradient;
    }

    private static void addTo(float[] sum, double factor, float[] values) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += (float) (factor * values[i]);
        }
    }

    private static double squared(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum;
    }
}
