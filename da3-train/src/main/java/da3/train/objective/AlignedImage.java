package da3.train.objective;

import da3.geometry.check.Check;
import java.util.ArrayList;
import java.util.List;

/** The alignments of one image and of its patches to true depth, and the global and local terms that use them. */
public final class AlignedImage {

    private final ImageDepths depths;
    private final GlobalTerm global;
    private final AlignmentGradient alignmentGradient;
    private final double weight;
    private final double share;
    private final List<List<PatchAlignment>> patches = new ArrayList<>();

    /** @param images number of images in the batch */
    AlignedImage(ImageDepths depths, TeacherOptions options, int images) {
        this.depths = depths;
        this.global = new GlobalTerm(depths, options.globalGrid());
        this.alignmentGradient = options.alignmentGradient();
        this.weight = options.weights().globalLocal();
        this.share = 1.0 / images;
    }

    /** Returns the factor from predicted to true depth. */
    public double scale() {
        return alignment().scale();
    }

    /** Returns the offset from predicted to true depth. */
    public double shift() {
        return alignment().shift();
    }

    /** Returns the alignments of the patches: one list for each level, in the order of the anchors. */
    public List<List<PatchAlignment>> patches() {
        return List.copyOf(patches);
    }

    ImageDepths depths() {
        return depths;
    }

    RoeAlignment alignment() {
        return global.alignment();
    }

    /** Returns whether the scale is positive or NaN; a prediction that is not finite must show in the terms. */
    boolean isAligned() {
        return !(scale() <= 0);
    }

    /**
     * Returns the part of the image in the global term, and adds its gradient.
     *
     * @param depthGradient (rows, columns)
     */
    double addGlobal(double[] depthGradient) {
        return isAligned() ? share * global.add(weight * share, alignmentGradient, depthGradient) : 0;
    }

    /**
     * Returns the part of the image in the local term of a level, and adds its gradient.
     *
     * @param anchors centers of the patches, row * columns + column
     * @param depthGradient (rows, columns)
     */
    double addLocal(LocalLevel level, int[] anchors, double[] depthGradient) {
        LocalTerm local = new LocalTerm(depths, level, scale(), alignmentGradient);
        double shareOfPatch = share / anchors.length;
        double sum = 0;
        for (int anchor : anchors) {
            Check.inRange("anchor", 0, depths.pixels() - 1, anchor);
            sum += local.add(anchor, weight * shareOfPatch, depthGradient);
        }
        patches.add(List.copyOf(local.patches()));
        return shareOfPatch * sum;
    }
}
