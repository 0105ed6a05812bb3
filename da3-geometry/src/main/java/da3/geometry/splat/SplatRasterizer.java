package da3.geometry.splat;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.ScalarMap;

/**
 * Renders Gaussians: each is projected to an ellipse (EWA), and a pixel blends those that reach its center from front to
 * back. Harmonics of degrees 0 to 3 give each Gaussian its color as seen from the camera. The result is the same to the
 * last bit for any number of threads.
 *
 * <p>Source: Kerbl et al., "3D Gaussian Splatting for Real-Time Radiance Field Rendering", 2023, sections 4 and 6; the
 * reference renders with gsplat, whose settings these are: a blur of 0.3 square pixels, nothing below an alpha of 1/255, no
 * more than 0.999 of a pixel by one Gaussian (the paper: 0.99), and a pixel is finished before the Gaussian that would
 * leave less than 1e-4 of it. Different from both:
 *
 * <ul>
 *   <li>a Gaussian reaches every pixel where its alpha is at least 1/255, not only within three standard deviations;
 *   <li>it is sorted once, not once a tile; Gaussians at the same depth keep the cloud's order;
 *   <li>the camera's principal point counts, where the reference takes the image's center.
 * </ul>
 */
public final class SplatRasterizer {

    private static final int SIDE = TileLists.SIDE;

    private final GaussianCloud cloud;
    private final SplatOptions options;

    /** @throws IllegalArgumentException if the cloud is empty, or one of its Gaussians is none; the message names it */
    public SplatRasterizer(GaussianCloud cloud, SplatOptions options) {
        this.cloud = cloud.requireValid();
        this.options = options;
        if (cloud.degree() > HarmonicBasis.MAX_DEGREE) {
            throw new IllegalArgumentException("colors of Gaussians have harmonics of degree " + cloud.degree()
                    + "; legal: 0 to " + HarmonicBasis.MAX_DEGREE);
        }
    }

    /** {@link #render(Camera, int, int)} of a cloud that is photographed once. */
    public static SplatImage render(GaussianCloud cloud, Camera camera, int width, int height, SplatOptions options) {
        return new SplatRasterizer(cloud, options).render(camera, width, height);
    }

    /**
     * Takes a photo.
     *
     * @throws IllegalArgumentException if the camera is no camera or the size is not positive
     */
    public SplatImage render(Camera camera, int width, int height) {
        camera.pose().requireRigid("the camera's pose");
        camera.intrinsics().requireValid("the camera's intrinsics");
        if (width < 1 || height < 1 || 3L * width * height > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("photo is " + width + "x" + height + "; legal: at least 1x1 and at most "
                    + Integer.MAX_VALUE / 3 + " pixels");
        }
        ProjectedSplats splats = new ProjectedSplats(cloud, camera, width, height, options);
        Film film = new Film(splats, width, height, options.background());
        int[] order = DepthOrder.of(splats.depths);
        new TileLists(splats, order, width, height, options).forEach(film::expose);
        return film.developed();
    }

    /** What a photo is collected on; tiles do not touch each other. */
    private static final class Film {

        private final ProjectedSplats splats;
        private final SplatOptions.Background background;
        private final int width;
        private final int height;
        private final float[] rgb;
        private final float[] depth;
        private final float[] alpha;

        Film(ProjectedSplats splats, int width, int height, SplatOptions.Background background) {
            this.splats = splats;
            this.background = background;
            this.width = width;
            this.height = height;
            this.rgb = new float[3 * width * height];
            this.depth = new float[width * height];
            this.alpha = new float[width * height];
        }

        void expose(int column, int row, int[] members, int from, int to) {
            TileBlend blend = new TileBlend(splats, column * SIDE, row * SIDE, width, height);
            blend.addAll(members, from, to);
            for (int y = blend.top; y < blend.bottom; y++) {
                for (int x = blend.left; x < blend.right; x++) {
                    develop(blend, (y - blend.top) * SIDE + x - blend.left, y * width + x);
                }
            }
        }

        private void develop(TileBlend blend, int cell, int pixel) {
            double left = blend.transmittance[cell];
            rgb[3 * pixel] = (float) (blend.red[cell] + left * background.red());
            rgb[3 * pixel + 1] = (float) (blend.green[cell] + left * background.green());
            rgb[3 * pixel + 2] = (float) (blend.blue[cell] + left * background.blue());
            alpha[pixel] = (float) (1 - left);
            depth[pixel] = left < 1 ? (float) (blend.depth[cell] / (1 - left)) : 0;
        }

        SplatImage developed() {
            return new SplatImage(
                    width, height, rgb, new ScalarMap(width, height, depth), new ScalarMap(width, height, alpha));
        }
    }
}
