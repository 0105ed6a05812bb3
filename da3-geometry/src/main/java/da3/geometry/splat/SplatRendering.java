package da3.geometry.splat;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.ScalarMap;
import da3.geometry.check.Check;
import da3.geometry.concurrent.Parallel;

/**
 * A rendered image that can be differentiated with respect to the Gaussians and the camera pose.
 *
 * <p>The derivative is that of the rendering equations with their cuts held fixed: which Gaussians a pixel blends, and
 * in which order, does not change. It is 0 where a cut clamps a value: for the opacity and the ellipse where one
 * Gaussian covers 0.999 of a pixel, and for color channels at 0. Source: Kerbl et al., "3D Gaussian Splatting for
 * Real-Time Radiance Field Rendering", 2023, section 6 and appendices A and C.
 */
public final class SplatRendering {

    private static final int SIDE = TileLists.SIDE;
    private static final int CHUNK = 1 << 10;

    /** Memory of the derivatives of a pair relative to that of its entry in a list. */
    private static final int PAIR_SIZE = TileGradient.VALUES * Double.BYTES / Integer.BYTES;

    private final GaussianCloud cloud;
    private final Camera camera;
    private final SplatOptions options;
    private final ProjectedSplats splats;
    private final int[] order;
    private final double[] transmittances; // (height, width)
    private final int[] ends; // (height, width), end of the members of a tile that contribute to a pixel
    private final SplatImage image;

    SplatRendering(GaussianCloud cloud, Camera camera, int width, int height, SplatOptions options) {
        this.cloud = cloud;
        this.camera = camera;
        this.options = options;
        this.splats = new ProjectedSplats(cloud, camera, width, height, options);
        this.order = DepthOrder.of(splats.depths);
        this.transmittances = new double[width * height];
        this.ends = new int[width * height];
        this.image = new SplatImage(
                width,
                height,
                new float[3 * width * height],
                new ScalarMap(width, height, new float[width * height]),
                new ScalarMap(width, height, new float[width * height]));
        new TileLists(splats, order, width, height, options).forEach(this::blendTile);
    }

    public SplatImage image() {
        return image;
    }

    /** Blends one tile. Tiles write disjoint pixels. */
    private void blendTile(int column, int row, int[] members, int from, int to) {
        TileBlend blend = new TileBlend(splats, column * SIDE, row * SIDE, image.width(), image.height());
        blend.addAll(members, from, to);
        for (int y = blend.top; y < blend.bottom; y++) {
            for (int x = blend.left; x < blend.right; x++) {
                setPixel(blend, (y - blend.top) * SIDE + x - blend.left, y * image.width() + x);
            }
        }
    }

    private void setPixel(TileBlend blend, int cell, int pixel) {
        SplatOptions.Background background = options.background();
        double open = blend.transmittance[cell];
        transmittances[pixel] = open;
        ends[pixel] = blend.ends[cell];
        image.rgb()[3 * pixel] = (float) (blend.red[cell] + open * background.red());
        image.rgb()[3 * pixel + 1] = (float) (blend.green[cell] + open * background.green());
        image.rgb()[3 * pixel + 2] = (float) (blend.blue[cell] + open * background.blue());
        image.alpha().values()[pixel] = (float) (1 - open);
        image.depth().values()[pixel] = open < 1 ? (float) (blend.depth[cell] / (1 - open)) : 0;
    }

    /**
     * Returns the gradients of a loss. The result is bit-identical for any number of threads; another limit of pairs in
     * {@link SplatOptions} may change its rounding.
     *
     * @param gradients derivatives of the loss with respect to each value of the image, in the layout of the image; the
     *     derivative with respect to depth counts only where a pixel has depth
     * @throws IllegalArgumentException if the size differs from that of the image
     */
    public SplatGradients gradients(SplatImage gradients) {
        if (gradients.width() != image.width()
                || gradients.height() != image.height()
                || gradients.rgb().length != image.rgb().length) {
            throw Check.invalid(
                    "size of the gradients of an image", image.width() + "x" + image.height(), gradients.toString());
        }
        double[] sums = new double[Math.multiplyExact(TileGradient.VALUES, cloud.size())];
        SplatOptions grouped = options.withMaxPairs(Math.max(1, options.maxPairs() / PAIR_SIZE));
        TileLists lists = new TileLists(splats, order, image.width(), image.height(), grouped);
        lists.forEachGroup(group -> {
            double[] pairs = new double[Math.multiplyExact(TileGradient.VALUES, group.members.length)];
            group.forEach((column, row, members, from, to) -> {
                TileGradient tile = new TileGradient(splats, column * SIDE, row * SIDE, image.width(), image.height());
                tile.setPixels(image, gradients, transmittances, ends, options.background());
                tile.removeAll(members, from, to, pairs);
            });
            addPairs(group.members, pairs, sums);
        });
        return ofProjection(sums);
    }

    /** Adds the derivatives of each pair to those of its Gaussian, in the order of tiles. */
    private static void addPairs(int[] members, double[] pairs, double[] sums) {
        for (int m = 0; m < members.length; m++) {
            int to = members[m] * TileGradient.VALUES;
            for (int j = 0; j < TileGradient.VALUES; j++) {
                sums[to + j] += pairs[m * TileGradient.VALUES + j];
            }
        }
    }

    private SplatGradients ofProjection(double[] sums) {
        SplatGradients result = SplatGradients.zeros(cloud);
        double[][] poses = new double[(cloud.size() + CHUNK - 1) / CHUNK][];
        Parallel.forEach(poses.length, options.threads(), chunk -> {
            ProjectionGradient gradient =
                    new ProjectionGradient(cloud, camera, image.width(), image.height(), splats, result.gaussians());
            for (int i = chunk * CHUNK; i < Math.min(cloud.size(), (chunk + 1) * CHUNK); i++) {
                if (splats.depths[i] > 0) {
                    gradient.apply(i, sums);
                }
            }
            poses[chunk] = gradient.pose();
        });
        for (double[] pose : poses) {
            for (int j = 0; j < pose.length; j++) {
                result.pose()[j] += pose[j];
            }
        }
        return result;
    }
}
