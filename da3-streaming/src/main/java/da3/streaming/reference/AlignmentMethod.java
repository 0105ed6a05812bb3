package da3.streaming.reference;

import da3.geometry.Sim3;
import da3.geometry.align.SimilarityFit;
import java.util.function.Function;

/** The transformations that {@link HuberAlignment} fits at first and when it refines them. Source: {@code align_method}. */
public enum AlignmentMethod {
    /** A similarity. */
    SIM3(SimilarityFit::similarity, SimilarityFit::similarity, false),
    /** A rigid motion. */
    SE3(SimilarityFit::rigid, SimilarityFit::rigid, false),
    /** A rigid motion after scaling the source by the ratio of depths. */
    SCALE_SE3(SimilarityFit::rigid, SimilarityFit::rigid, true),
    /**
     * As {@link #SCALE_SE3}, but the refinements fit similarities, whose scale is discarded, so rotation and
     * translation belong to another scale. The reference does so with {@code align_lib: numpy} only.
     */
    SCALE_SE3_NUMPY(SimilarityFit::rigid, SimilarityFit::similarity, true);

    private final Function<SimilarityFit, Sim3> first;
    private final Function<SimilarityFit, Sim3> refinement;
    private final boolean usesDepthScale;

    AlignmentMethod(
            Function<SimilarityFit, Sim3> first, Function<SimilarityFit, Sim3> refinement, boolean usesDepthScale) {
        this.first = first;
        this.refinement = refinement;
        this.usesDepthScale = usesDepthScale;
    }

    Sim3 first(SimilarityFit fit) {
        return first.apply(fit);
    }

    Sim3 refined(SimilarityFit fit) {
        return refinement.apply(fit);
    }

    /** Returns whether the scale is the ratio of depths and not fitted to points. */
    public boolean usesDepthScale() {
        return usesDepthScale;
    }
}
