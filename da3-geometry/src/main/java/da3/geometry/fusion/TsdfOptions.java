package da3.geometry.fusion;

import da3.geometry.Scene;
import da3.geometry.points.PointFilterOptions;
import da3.geometry.points.SceneExtent;
import java.util.function.Consumer;

/**
 * How depth is fused. Lengths are in the scene's unit.
 *
 * @param voxelSize side of a voxel, above 0
 * @param truncation distances from the surface are kept up to this one; 1 to 32 voxels. Things thinner than it
 *     lose to what is seen of their other side, noise wider than it leaves holes
 * @param maxDepth pixels farther away are not used; above 0, may be infinite
 * @param filter which pixels are used
 * @param weightByConfidence whether a pixel counts as much as it is confident
 * @param carving whether a view also empties the space before its surfaces beyond the truncation
 * @param edgeTrust how much a pixel at a depth edge weighs over any other, 0 to 1, where its neighbors speak of another
 *     surface: an edge runs somewhere between pixels
 * @param witness vertices stay that lie within this many voxels of a pixel's surface, seen from before, or farther where
 *     views contradict each other by more; above 0, infinite for all to stay
 * @param minWeight voxels that were seen with less are unknown; a look from straight ahead weighs its confidence, or 1,
 *     a slanted one the squared cosine of that; from 0
 * @param maxBytes most memory for voxels, from 1; what the heap has free bounds it too
 * @param threads to compute with, which changes no byte; 0 for as many as there are processors
 */
public record TsdfOptions(
        double voxelSize,
        double truncation,
        double maxDepth,
        PointFilterOptions filter,
        boolean weightByConfidence,
        boolean carving,
        double edgeTrust,
        double witness,
        double minWeight,
        long maxBytes,
        int threads) {

    /** Of a truncation that nobody chose: wider than most noise, narrower than most things. */
    public static final double TRUNCATION_VOXELS = 4;

    /** A wider one would fill space with blocks instead of surfaces. */
    public static final double MOST_TRUNCATION_VOXELS = 32;

    /** Voxels along the diagonal of a scene whose voxel size nobody chose. */
    public static final int VOXELS_ACROSS = 256;

    /** Enough for wires that all pixels see an edge of. */
    private static final double EDGE_TRUST = 0.3;

    /** Exact depth gives errors below half a voxel then. */
    private static final double WITNESS = 0.45;

    private static final long DEFAULT_BYTES = 3L << 30;

    public TsdfOptions {
        require(voxelSize > 0 && Double.isFinite(voxelSize), "voxel size", voxelSize, "above 0");
        require(
                truncation >= voxelSize && truncation <= MOST_TRUNCATION_VOXELS * voxelSize,
                "truncation",
                truncation,
                "1 to 32 voxels, " + voxelSize + " to " + MOST_TRUNCATION_VOXELS * voxelSize);
        require(maxDepth > 0, "greatest depth", maxDepth, "above 0");
        require(edgeTrust >= 0 && edgeTrust <= 1, "trust in edges", edgeTrust, "0 to 1");
        require(witness > 0, "reach of a witness", witness, "above 0 voxels");
        require(minWeight >= 0 && Double.isFinite(minWeight), "least weight", minWeight, "from 0");
        require(maxBytes >= 1, "most bytes", maxBytes, "from 1");
        require(threads >= 0, "threads", threads, "0 (all processors) or more");
    }

    /** A truncation of four voxels; the least confident 10 % are left out, the others weigh as they are confident. */
    public static TsdfOptions of(double voxelSize) {
        return new TsdfOptions(
                voxelSize,
                TRUNCATION_VOXELS * voxelSize,
                Double.POSITIVE_INFINITY,
                PointFilterOptions.defaults().withPercentiles(10, 90),
                true,
                true,
                EDGE_TRUST,
                WITNESS,
                0,
                DEFAULT_BYTES,
                0);
    }

    /**
     * {@link #of} a 256th of the scene's extent ({@link SceneExtent}): a size that suits scenes of any unit.
     *
     * @throws IllegalArgumentException if the scene has no views
     */
    public static TsdfOptions forScene(Scene scene) {
        return of(SceneExtent.of(scene, of(1).filter()) / VOXELS_ACROSS);
    }

    /** In proportion with the truncation. */
    public TsdfOptions withVoxelSize(double size) {
        require(size > 0 && Double.isFinite(size), "voxel size", size, "above 0");
        return with(draft -> {
            draft.voxelSize = size;
            draft.truncation = truncation / voxelSize * size;
        });
    }

    public TsdfOptions withTruncation(double distance) {
        return with(draft -> draft.truncation = distance);
    }

    public TsdfOptions withMaxDepth(double depth) {
        return with(draft -> draft.maxDepth = depth);
    }

    public TsdfOptions withFilter(PointFilterOptions used) {
        return with(draft -> draft.filter = used);
    }

    public TsdfOptions withWeights(boolean byConfidence, double least) {
        return with(draft -> {
            draft.weightByConfidence = byConfidence;
            draft.minWeight = least;
        });
    }

    public TsdfOptions withCarving(boolean carved) {
        return with(draft -> draft.carving = carved);
    }

    public TsdfOptions withEdgeTrust(double trust) {
        return with(draft -> draft.edgeTrust = trust);
    }

    /** @param voxels infinite for a mesh as the field has it */
    public TsdfOptions withWitness(double voxels) {
        return with(draft -> draft.witness = voxels);
    }

    public TsdfOptions withMaxBytes(long bytes) {
        return with(draft -> draft.maxBytes = bytes);
    }

    public TsdfOptions withThreads(int count) {
        return with(draft -> draft.threads = count);
    }

    private TsdfOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** Options being changed. */
    private static final class Draft {
        private double voxelSize;
        private double truncation;
        private double maxDepth;
        private PointFilterOptions filter;
        private boolean weightByConfidence;
        private boolean carving;
        private double edgeTrust;
        private double witness;
        private double minWeight;
        private long maxBytes;
        private int threads;

        Draft(TsdfOptions from) {
            voxelSize = from.voxelSize;
            truncation = from.truncation;
            maxDepth = from.maxDepth;
            filter = from.filter;
            weightByConfidence = from.weightByConfidence;
            carving = from.carving;
            edgeTrust = from.edgeTrust;
            witness = from.witness;
            minWeight = from.minWeight;
            maxBytes = from.maxBytes;
            threads = from.threads;
        }

        TsdfOptions options() {
            return new TsdfOptions(
                    voxelSize,
                    truncation,
                    maxDepth,
                    filter,
                    weightByConfidence,
                    carving,
                    edgeTrust,
                    witness,
                    minWeight,
                    maxBytes,
                    threads);
        }
    }

    private static void require(boolean legal, String name, Number value, String range) {
        if (!legal) {
            throw new IllegalArgumentException(name + " is " + value + "; legal: " + range);
        }
    }
}
