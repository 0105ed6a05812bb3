package da3.geometry.fusion;

import da3.geometry.Scene;
import da3.geometry.check.Check;
import da3.geometry.points.PointFilterOptions;
import da3.geometry.points.SceneExtent;
import java.util.function.Consumer;

/**
 * Options of the fusion of depth maps. Lengths are in the unit of the scene.
 *
 * @param voxelSize side of a voxel, positive
 * @param truncation maximum stored distance from the surface, 1 to 32 voxels; objects thinner than it lose accuracy to
 *     views of their other side, and noise wider than it leaves holes
 * @param maxDepth pixels farther away are not used; positive, may be infinite
 * @param filter which pixels are used
 * @param weightByConfidence whether the weight of a pixel is its confidence
 * @param carving whether a view also marks the space in front of its surfaces, beyond the truncation, as empty
 * @param projective whether distances are measured along the ray of a pixel, as in Open3D, instead of to the plane of its
 *     surface; slant, edges and carving then do not count, and a view marks the space in front of its surfaces as empty in
 *     the blocks that these touch
 * @param edgeTrust factor on the weight of pixels at a depth edge whose neighbors show another surface, 0 to 1; the
 *     exact position of the edge between pixels is unknown
 * @param witness maximum distance, in voxels, of a vertex from the surface that some view sees from the front, and more
 *     where views contradict each other by more; other vertices are removed; positive, infinite to keep all
 * @param minWeight voxels with less weight are unknown; a pixel that faces its surface has a weight of its confidence,
 *     or 1, and a slanted one that times the squared cosine of the angle; at least 0
 * @param maxBytes maximum memory for voxels, at least 1; the free heap is a limit too
 * @param threads number of threads, which does not change the result; 0 for one per processor
 */
public record TsdfOptions(
        double voxelSize,
        double truncation,
        double maxDepth,
        PointFilterOptions filter,
        boolean weightByConfidence,
        boolean carving,
        boolean projective,
        double edgeTrust,
        double witness,
        double minWeight,
        long maxBytes,
        int threads) {

    /** Default truncation in voxels: wider than most noise, narrower than most objects. */
    public static final double TRUNCATION_VOXELS = 4;

    /** Maximum truncation in voxels; a wider one would fill space with blocks. */
    public static final double MAX_TRUNCATION_VOXELS = 32;

    /** Default number of voxels along the diagonal of a scene. */
    public static final int VOXELS_ACROSS = 256;

    /** Default edge trust; enough for wires, where all pixels are at an edge. */
    private static final double EDGE_TRUST = 0.3;

    /** Default witness; it limits errors with exact depth to half a voxel. */
    private static final double WITNESS = 0.45;

    private static final long DEFAULT_BYTES = 3L << 30;

    public TsdfOptions {
        Check.positive("voxel size", voxelSize);
        if (!(truncation >= voxelSize && truncation <= MAX_TRUNCATION_VOXELS * voxelSize)) {
            throw Check.invalid(
                    "truncation",
                    "1 to 32 voxels, from " + voxelSize + " to " + MAX_TRUNCATION_VOXELS * voxelSize,
                    truncation);
        }
        requirePositive("maximum depth", maxDepth);
        Check.inRange("edge trust", 0, 1, edgeTrust);
        requirePositive("witness", witness);
        Check.atLeast("minimum weight", 0.0, minWeight);
        if (maxBytes < 1) {
            throw Check.invalid("maximum bytes", "at least 1", maxBytes);
        }
        Check.atLeast("threads", 0, threads);
    }

    /**
     * Returns the defaults for a voxel size: a truncation of four voxels, without the 10 % of pixels with the lowest
     * confidence, and the others weighted by confidence.
     */
    public static TsdfOptions of(double voxelSize) {
        return new TsdfOptions(
                voxelSize,
                TRUNCATION_VOXELS * voxelSize,
                Double.POSITIVE_INFINITY,
                PointFilterOptions.defaults().withPercentiles(10, 90),
                true,
                true,
                false,
                EDGE_TRUST,
                WITNESS,
                0,
                DEFAULT_BYTES,
                0);
    }

    /**
     * Returns the defaults with a voxel size of 1/256 of the extent of a scene ({@link SceneExtent}), which suits any
     * unit.
     *
     * @throws IllegalArgumentException if the scene has no views
     */
    public static TsdfOptions forScene(Scene scene) {
        return of(SceneExtent.of(scene, of(1).filter()) / VOXELS_ACROSS);
    }

    /** Returns these options with another voxel size, and the truncation scaled in proportion. */
    public TsdfOptions withVoxelSize(double size) {
        Check.positive("voxel size", size);
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

    public TsdfOptions withWeights(boolean byConfidence, double min) {
        return with(draft -> {
            draft.weightByConfidence = byConfidence;
            draft.minWeight = min;
        });
    }

    public TsdfOptions withCarving(boolean carved) {
        return with(draft -> draft.carving = carved);
    }

    public TsdfOptions withProjective(boolean alongRays) {
        return with(draft -> draft.projective = alongRays);
    }

    public TsdfOptions withEdgeTrust(double trust) {
        return with(draft -> draft.edgeTrust = trust);
    }

    /**
     * Returns these options with another witness distance.
     *
     * @param voxels infinite to keep all vertices of the field
     */
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

    /** A mutable copy of the options. */
    private static final class Draft {
        private double voxelSize;
        private double truncation;
        private double maxDepth;
        private PointFilterOptions filter;
        private boolean weightByConfidence;
        private boolean carving;
        private boolean projective;
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
            projective = from.projective;
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
                    projective,
                    edgeTrust,
                    witness,
                    minWeight,
                    maxBytes,
                    threads);
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0)) {
            throw Check.invalid(name, "positive", value);
        }
    }
}
