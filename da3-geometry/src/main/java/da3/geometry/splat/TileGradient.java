package da3.geometry.splat;

/**
 * The derivative of the pixels of one tile with respect to the projected Gaussians in it. Gaussians are removed from
 * back to front; dividing the final transmittance by 1 - alpha of each gives the transmittance in front of it. Source: Kerbl et al., "3D
 * Gaussian Splatting", 2023, section 6 and appendix C.
 */
final class TileGradient {

    /**
     * Number of derivatives of a projected Gaussian: center x, y; inverse covariance xx, xy, yy; opacity; red, green,
     * blue; depth.
     */
    static final int VALUES = 10;

    private static final int SIDE = TileLists.SIDE;

    private final ProjectedSplats splats;
    private final int left;
    private final int top;
    private final int right;
    private final int bottom;
    private final double[] transmittance = new double[SIDE * SIDE]; // behind the Gaussians that are not removed yet
    private final double[] red = new double[SIDE * SIDE]; // derivatives with respect to the pixel
    private final double[] green = new double[SIDE * SIDE];
    private final double[] blue = new double[SIDE * SIDE];
    private final double[] depth = new double[SIDE * SIDE]; // with respect to the weighted sum of depths
    private final double[] behind = new double[SIDE * SIDE]; // part of the loss from removed Gaussians and background
    private final int[] ends = new int[SIDE * SIDE];

    TileGradient(ProjectedSplats splats, int left, int top, int width, int height) {
        this.splats = splats;
        this.left = left;
        this.top = top;
        this.right = Math.min(width, left + SIDE);
        this.bottom = Math.min(height, top + SIDE);
    }

    /**
     * Sets the gradient of every pixel.
     *
     * @param image the rendered image, (height, width)
     * @param gradients of the image
     * @param transmittances (height, width), final transmittance of each pixel
     * @param ends (height, width), end of the members that contribute to each pixel
     */
    void setPixels(
            SplatImage image,
            SplatImage gradients,
            double[] transmittances,
            int[] ends,
            SplatOptions.Background background) {
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int cell = (y - top) * SIDE + x - left;
                int pixel = y * image.width() + x;
                double open = transmittances[pixel];
                transmittance[cell] = open;
                this.ends[cell] = ends[pixel];
                red[cell] = gradients.rgb()[3 * pixel];
                green[cell] = gradients.rgb()[3 * pixel + 1];
                blue[cell] = gradients.rgb()[3 * pixel + 2];
                double covered = 1 - open;
                double ofDepth = covered > 0 ? gradients.depth().values()[pixel] / covered : 0;
                depth[cell] = ofDepth;
                double ofTransmittance = red[cell] * background.red()
                        + green[cell] * background.green()
                        + blue[cell] * background.blue()
                        + ofDepth * image.depth().values()[pixel]
                        - gradients.alpha().values()[pixel];
                behind[cell] = open * ofTransmittance;
            }
        }
    }

    /**
     * Removes {@code members[to - 1]} to {@code members[from]}.
     *
     * @param out (pairs, {@link #VALUES}), receives the derivatives of {@code members[m]} in row m
     */
    void removeAll(int[] members, int from, int to, double[] out) {
        for (int m = to - 1; m >= from; m--) {
            remove(members[m], m - from, out, m * VALUES);
        }
    }

    private void remove(int i, int position, double[] out, int at) {
        int[] boxes = splats.boxes;
        double[] ellipses = splats.ellipses;
        int firstX = Math.max(left, boxes[4 * i]);
        int lastX = Math.min(right - 1, boxes[4 * i + 1]);
        int firstY = Math.max(top, boxes[4 * i + 2]);
        int lastY = Math.min(bottom - 1, boxes[4 * i + 3]);
        double centerX = ellipses[5 * i];
        double centerY = ellipses[5 * i + 1];
        double xx = ellipses[5 * i + 2];
        double xy = ellipses[5 * i + 3];
        double yy = ellipses[5 * i + 4];
        double reach = splats.reaches[i];
        double opacity = splats.opacities[i];
        double r = splats.colors[3 * i];
        double g = splats.colors[3 * i + 1];
        double b = splats.colors[3 * i + 2];
        double z = splats.depths[i];
        double sumX = 0; // of derivatives with respect to the exponent, times powers of dx and dy
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        double sumYy = 0;
        double sumOpacity = 0;
        double sumRed = 0;
        double sumGreen = 0;
        double sumBlue = 0;
        double sumDepth = 0;
        for (int y = firstY; y <= lastY; y++) {
            double dy = y + 0.5 - centerY;
            int cell = (y - top) * SIDE + firstX - left;
            for (int x = firstX; x <= lastX; x++, cell++) {
                double dx = x + 0.5 - centerX;
                double exponent = ProjectedSplats.exponent(xx, xy, yy, dx, dy);
                if (!(exponent <= reach && position < ends[cell])) {
                    continue;
                }
                double falloff = Math.exp(-exponent);
                double alpha = Math.min(TileBlend.ALPHA_MAX, opacity * falloff);
                double inverse = 1 / (1 - alpha);
                double open = transmittance[cell] * inverse;
                double weight = open * alpha;
                sumRed += weight * red[cell];
                sumGreen += weight * green[cell];
                sumBlue += weight * blue[cell];
                sumDepth += weight * depth[cell];
                double own = r * red[cell] + g * green[cell] + b * blue[cell] + z * depth[cell];
                if (opacity * falloff < TileBlend.ALPHA_MAX) {
                    double ofAlpha = open * own - behind[cell] * inverse;
                    double alongX = -ofAlpha * alpha * dx;
                    double alongY = -ofAlpha * alpha * dy;
                    sumOpacity += ofAlpha * falloff;
                    sumX += alongX;
                    sumY += alongY;
                    sumXx += alongX * dx;
                    sumXy += alongX * dy;
                    sumYy += alongY * dy;
                }
                behind[cell] += weight * own;
                transmittance[cell] = open;
            }
        }
        out[at] = -(xx * sumX + xy * sumY);
        out[at + 1] = -(xy * sumX + yy * sumY);
        out[at + 2] = 0.5 * sumXx;
        out[at + 3] = sumXy;
        out[at + 4] = 0.5 * sumYy;
        out[at + 5] = sumOpacity;
        out[at + 6] = sumRed;
        out[at + 7] = sumGreen;
        out[at + 8] = sumBlue;
        out[at + 9] = sumDepth;
    }
}
