package da3.geometry.splat;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.check.Check;

/**
 * A renderer of Gaussians. Each Gaussian is projected to an ellipse (EWA), and a pixel blends those that reach its
 * center from front to back. Spherical harmonics of degrees 0 to 3 give the color of a Gaussian as seen from the
 * camera. The result is bit-identical for any number of threads.
 *
 * <p>Source: Kerbl et al., "3D Gaussian Splatting for Real-Time Radiance Field Rendering", 2023, sections 4 and 6. The
 * reference renders with gsplat, whose settings are used here: a blur of 0.3 square pixels, no contribution with an
 * alpha below 1/255, at most 0.999 of a pixel from one Gaussian (the paper: 0.99), and a pixel is finished before the
 * Gaussian that would leave a transmittance below 1e-4. Differences from both:
 *
 * <ul>
 *   <li>A Gaussian reaches every pixel where its alpha is at least 1/255, not only within three standard deviations.
 *   <li>Gaussians are sorted once, not for each tile; those at equal depth keep the order of the cloud.
 *   <li>The principal point of the camera is used; the reference uses the image center.
 * </ul>
 */
public final class SplatRasterizer {

    private final GaussianCloud cloud;
    private final SplatOptions options;

    /**
     * Creates a renderer.
     *
     * @throws IllegalArgumentException if the cloud is empty or contains an invalid Gaussian, which the message names,
     *     or the degree of its harmonics is above 3
     */
    public SplatRasterizer(GaussianCloud cloud, SplatOptions options) {
        this.cloud = cloud.requireValid();
        this.options = options;
        if (cloud.degree() > HarmonicBasis.MAX_DEGREE) {
            throw Check.invalid("degree of harmonics", "from 0 to " + HarmonicBasis.MAX_DEGREE, cloud.degree());
        }
    }

    /** Renders one image of a cloud; see {@link #render(Camera, int, int)}. */
    public static SplatImage render(GaussianCloud cloud, Camera camera, int width, int height, SplatOptions options) {
        return new SplatRasterizer(cloud, options).render(camera, width, height);
    }

    /**
     * Renders an image.
     *
     * @param camera intrinsics are in pixels of the image
     * @throws IllegalArgumentException if the camera is invalid, or the size is not positive or too large
     */
    public SplatImage render(Camera camera, int width, int height) {
        return differentiable(camera, width, height).image();
    }

    /**
     * Renders an image that can be differentiated. The image is that of {@link #render(Camera, int, int)}; its
     * derivative keeps 12 bytes for each pixel and 84 for each Gaussian.
     *
     * @throws IllegalArgumentException as {@link #render(Camera, int, int)}
     */
    public SplatRendering differentiable(Camera camera, int width, int height) {
        camera.pose().requireRigid("the camera's pose");
        camera.intrinsics().requireValid("the camera's intrinsics");
        if (width < 1 || height < 1 || 3L * width * height > Integer.MAX_VALUE) {
            throw Check.invalid(
                    "image size",
                    "at least 1x1 and at most " + Integer.MAX_VALUE / 3 + " pixels",
                    width + "x" + height);
        }
        return new SplatRendering(cloud, camera, width, height, options);
    }
}
