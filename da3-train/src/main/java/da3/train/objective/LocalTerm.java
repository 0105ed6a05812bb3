package da3.train.objective;

import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;

/**
 * The local term of one image and one level: patches around anchors, each with an alignment of its own. A patch keeps
 * the pixels whose true points are near that of its anchor. Its loss is the sum of |scale * predicted + shift - true
 * depth| / true depth, divided by the number of pixels of a whole patch.
 */
final class LocalTerm {

    private static final int MIN_POINTS = 16;
    private static final double MAX_SCALE_RATIO = 10; // of the scales of a patch and of its image, and of its inverse
    private static final double MIN_DEPTH = 0.1; // as a fraction of the harmonic mean of the image
    private static final double RADIUS_OFFSET = 1e-7; // avoids division by 0
    private static final PatchAlignment EMPTY = new PatchAlignment(0, false, 0, 0);

    private final ImageDepths image;
    private final DepthPoints points;
    private final LocalLevel level;
    private final double globalScale;
    private final AlignmentGradient alignmentGradient;
    private final int halfWidth;
    private final double minDepth;
    private final double extent; // radius of a patch at depth 1
    private final List<PatchAlignment> patches = new ArrayList<>();

    LocalTerm(ImageDepths image, LocalLevel level, double globalScale, AlignmentGradient alignmentGradient) {
        this.image = image;
        this.points = image.points();
        this.level = level;
        this.globalScale = globalScale;
        this.alignmentGradient = alignmentGradient;
        this.halfWidth = level.halfWidth(image.rows(), image.columns());
        this.minDepth = MIN_DEPTH * harmonicMean(image);
        this.extent = 0.5
                / level.level()
                * Math.hypot(
                        image.columns() / image.k().fx(),
                        image.rows() / image.k().fy());
    }

    private static double harmonicMean(ImageDepths image) {
        double inverses = 0;
        int valid = 0;
        for (int pixel = 0; pixel < image.pixels(); pixel++) {
            if (image.mask()[pixel]) {
                inverses += 1 / image.depth()[pixel];
                valid++;
            }
        }
        return valid / inverses;
    }

    /** Returns the alignments of the patches that were added, in order. */
    List<PatchAlignment> patches() {
        return patches;
    }

    /**
     * Returns the loss of one patch.
     *
     * @param anchor row * columns + column
     * @param factor of the gradient
     * @param depthGradient (rows, columns); the gradient with respect to the predicted depth is added to it
     */
    double add(int anchor, double factor, double[] depthGradient) {
        if (!image.mask()[anchor]) {
            patches.add(EMPTY);
            return 0;
        }
        int side = 2 * halfWidth + 1;
        WeightedPixels kept = new WeightedPixels(image, side * side);
        WeightedPixels aligned = new WeightedPixels(image, side * side);
        collect(anchor, kept, aligned);
        if (kept.size() < MIN_POINTS) {
            patches.add(new PatchAlignment(kept.size(), false, 0, 0));
            return 0;
        }
        RoeAlignment alignment = RoeAlignment.of(aligned, Double.NEGATIVE_INFINITY);
        double ratio = alignment.scale() / globalScale;
        boolean used = globalScale > 0 && ratio > 1 / MAX_SCALE_RATIO && ratio < MAX_SCALE_RATIO;
        patches.add(new PatchAlignment(kept.size(), used, alignment.scale(), alignment.shift()));
        if (!used) {
            return 0;
        }
        double share = 1.0 / (side * side);
        return share * kept.addErrors(alignment, factor * share, alignmentGradient, depthGradient);
    }

    /**
     * Collects the pixels of a patch.
     *
     * @param kept receives all, with the weights of the loss
     * @param aligned receives those on the grid of the level, with the weights of the alignment
     */
    private void collect(int anchor, WeightedPixels kept, WeightedPixels aligned) {
        int row = anchor / image.columns();
        int column = anchor % image.columns();
        int top = Math.max(0, row - halfWidth);
        int left = Math.max(0, column - halfWidth);
        int stride = GlobalTerm.stride(2 * halfWidth + 1, level.grid());
        Vec3 center = points.at(row, column);
        double radius = extent * image.depth()[anchor];
        for (int i = top; i <= Math.min(image.rows() - 1, row + halfWidth); i++) {
            for (int j = left; j <= Math.min(image.columns() - 1, column + halfWidth); j++) {
                int pixel = i * image.columns() + j;
                if (!image.mask()[pixel] || points.at(i, j).minus(center).norm() > radius) {
                    continue;
                }
                kept.add(pixel, 1 / Math.max(image.depth()[pixel], minDepth));
                if ((i - top) % stride == 0 && (j - left) % stride == 0) {
                    aligned.add(pixel, 1 / (radius + RADIUS_OFFSET));
                }
            }
        }
    }
}
