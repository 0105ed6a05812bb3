package da3.geometry.gaussian;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Intrinsics;
import da3.geometry.ScalarMap;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.SphericalHarmonics;

/** The derivative of the {@link GaussianAdapter} for one view at a time. */
final class AdapterBackward {

    private final GaussianOptions options;
    private final int channels;
    private final int firstScale; // channel
    private final double[] damping; // (coefficients)
    private final float[] raw;
    private final GaussianCloud gradients;
    private final AdapterGradients out;

    /** @param out receives the gradients */
    AdapterBackward(
            GaussianOptions options, double[] damping, float[] raw, GaussianCloud gradients, AdapterGradients out) {
        this.options = options;
        this.channels = options.channels();
        this.firstScale = options.offsetXy() ? 2 : 0;
        this.damping = damping;
        this.raw = raw;
        this.gradients = gradients;
        this.out = out;
    }

    /**
     * Sets the gradients of one view.
     *
     * @param start index of the first Gaussian of the view
     */
    void apply(ScalarMap depth, Camera camera, double stretch, int start) {
        Mat3 worldToCamera = camera.pose().rotation();
        Quaternion toWorld = Quaternion.ofMatrix(worldToCamera.transpose()); // with the sign of the adapter
        Quaternion toCamera = new Quaternion(-toWorld.x(), -toWorld.y(), -toWorld.z(), toWorld.w());
        double[][] blocks = SphericalHarmonics.rotation(worldToCamera, options.shDegree());
        double[] ofHarmonics = new double[damping.length];
        int pixels = depth.values().length;
        for (int i = 0; i < pixels; i++) {
            applyGeometry(depth, i, camera, stretch, start);
            applyRotation(toCamera, start + i);
            applyHarmonics(blocks, ofHarmonics, start + i);
        }
        System.arraycopy(gradients.opacities(), start, out.opacities(), start, pixels);
    }

    /** Sets the gradients of offsets, scales and depth of pixel {@code i}. */
    private void applyGeometry(ScalarMap depth, int i, Camera camera, double stretch, int start) {
        Intrinsics k = camera.intrinsics();
        Mat3 r = camera.pose().rotation();
        int in = (start + i) * channels;
        int at = 3 * (start + i);
        double distance = (depth.values()[i] + (options.offsetDepth() ? raw[in + channels - 1] : 0)) * stretch;
        double x = k.unprojectX(i % depth.width() + 0.5 + (options.offsetXy() ? raw[in] : 0));
        double y = k.unprojectY(i / depth.width() + 0.5 + (options.offsetXy() ? raw[in + 1] : 0));
        double squared = x * x + y * y + 1;
        double along = distance / Math.sqrt(squared);
        double mx = gradients.means()[at];
        double my = gradients.means()[at + 1];
        double mz = gradients.means()[at + 2];
        double gx = r.m00() * mx + r.m01() * my + r.m02() * mz; // in camera coordinates
        double gy = r.m10() * mx + r.m11() * my + r.m12() * mz;
        double gz = r.m20() * mx + r.m21() * my + r.m22() * mz;
        double ofAlong = gx * x + gy * y + gz;
        double ofDistance = ofAlong / Math.sqrt(squared);
        double pixelSize = GaussianAdapter.pixelSize(k);
        double range = options.scaleMax() - options.scaleMin();
        for (int axis = 0; axis < 3; axis++) {
            double sigmoid = GaussianAdapter.sigmoid(raw[in + firstScale + axis]);
            double ofScale = gradients.scales()[at + axis] * pixelSize;
            ofDistance += ofScale * (options.scaleMin() + range * sigmoid);
            out.raw()[in + firstScale + axis] = (float) (ofScale * distance * range * sigmoid * (1 - sigmoid));
        }
        if (options.offsetXy()) {
            out.raw()[in] = (float) (along * (gx - ofAlong * x / squared) / k.fx());
            out.raw()[in + 1] = (float) (along * (gy - ofAlong * y / squared) / k.fy());
        }
        out.depths()[start + i] = (float) (ofDistance * stretch);
        if (options.offsetDepth()) {
            out.raw()[in + channels - 1] = out.depths()[start + i];
        }
    }

    /** Sets the gradients of the rotation values of Gaussian {@code i}; see {@link GaussianAdapter#rotate}. */
    private void applyRotation(Quaternion toCamera, int i) {
        int in = i * channels + firstScale + 3;
        double x = raw[in + 3];
        double y = raw[in];
        double z = raw[in + 1];
        double w = raw[in + 2];
        Quaternion c = toCamera;
        double real = c.w() * w + c.x() * x + c.y() * y + c.z() * z;
        double inverse = 1 / Math.sqrt(x * x + y * y + z * z + w * w);
        float[] g = gradients.rotations();
        Quaternion back = c.times(new Quaternion(g[4 * i], g[4 * i + 1], g[4 * i + 2], g[4 * i + 3]));
        double radial = (x * back.x() + y * back.y() + z * back.z() + w * back.w()) * inverse * inverse;
        double s = real < 0 ? -inverse : inverse;
        out.raw()[in + 3] = (float) (s * (back.x() - radial * x));
        out.raw()[in] = (float) (s * (back.y() - radial * y));
        out.raw()[in + 1] = (float) (s * (back.z() - radial * z));
        out.raw()[in + 2] = (float) (s * (back.w() - radial * w));
    }

    /** Sets the gradients of the color harmonics of Gaussian {@code i}. */
    private void applyHarmonics(double[][] blocks, double[] ofHarmonics, int i) {
        int in = i * channels + firstScale + 3 + 4;
        for (int color = 0; color < 3; color++) {
            int at = in + color * damping.length;
            for (int j = 0; j < damping.length; j++) {
                ofHarmonics[j] = gradients.harmonics()[(3 * i + color) * damping.length + j];
            }
            SphericalHarmonics.rotate(blocks, ofHarmonics, 0, out.raw(), at);
            for (int j = 0; j < damping.length; j++) {
                out.raw()[at + j] *= (float) damping[j];
            }
        }
    }
}
