package da3.nn;

import da3.geometry.check.Check;
import java.util.List;

/**
 * The configuration of a DPT head, which reassembles four levels of tokens into maps and fuses them.
 *
 * @param kind outputs of the head
 * @param dimIn channels of a level
 * @param patchSize side of a patch, in pixels
 * @param outputDim channels of the main output
 * @param features channels of the fused maps
 * @param outChannels channels of the four reassembled maps
 * @param tokenNorm whether tokens are normalized first
 * @param posEmbed whether the UV position embedding is added
 * @param posEmbedRatio scale of the embedding
 * @param posEmbedOmega base of the frequencies of the embedding
 * @param normEpsilon epsilon of the token norm and of the norm in the ray branch
 * @param auxLevels pyramid levels of the ray branch
 * @param auxConvolutions convolutions of the ray branch: 1, 3 or 5
 * @param separateReassembly whether the ray branch reassembles the levels itself, as in the paper's ablation of the
 *     dual head (arXiv 2511.10647); the branches of published networks share one reassembly
 */
public record DptConfig(
        Kind kind,
        int dimIn,
        int patchSize,
        int outputDim,
        int features,
        List<Integer> outChannels,
        boolean tokenNorm,
        boolean posEmbed,
        double posEmbedRatio,
        double posEmbedOmega,
        double normEpsilon,
        int auxLevels,
        int auxConvolutions,
        boolean separateReassembly) {

    /** The outputs of a head. */
    public enum Kind {
        /** Depth and sky. */
        DEPTH_AND_SKY,
        /** Depth, sky and objects. */
        DEPTH_SKY_AND_OBJECTS,
        /** Depth only. */
        DEPTH,
        /** Depth with confidence, and rays with confidence. */
        DEPTH_AND_RAYS,
        /** Raw Gaussian parameters and densities. */
        GAUSSIANS;

        /** Returns whether the head has a sky mask. */
        public boolean hasSky() {
            return this == DEPTH_AND_SKY || this == DEPTH_SKY_AND_OBJECTS;
        }

        /** Returns whether the head has an object mask. */
        public boolean hasObjects() {
            return this == DEPTH_SKY_AND_OBJECTS;
        }
    }

    /** Number of channels between the last two convolutions of an output. */
    public static final int OUTPUT_FEATURES = 32;

    /** Number of channels of rays: direction, origin and confidence. */
    public static final int RAY_CHANNELS = 7;

    public DptConfig {
        outChannels = List.copyOf(outChannels);
        if (outChannels.size() != 4) {
            throw Check.invalid("head outChannels", "four numbers", outChannels);
        }
        if (auxConvolutions != 1 && auxConvolutions != 3 && auxConvolutions != 5) {
            throw Check.invalid("head auxConvolutions", "1, 3 or 5", auxConvolutions);
        }
    }

    /**
     * Returns the configuration of a head with the constants of the published networks: an embedding of scale 0.1 and base
     * 100, epsilon 1e-5, and a ray branch of four levels and five convolutions without a reassembly of its own.
     *
     * @param kind outputs of the head
     * @param dimIn channels of a level
     * @param patchSize side of a patch, in pixels
     * @param outputDim channels of the main output
     * @param features channels of the fused maps
     * @param outChannels channels of the four reassembled maps
     * @param tokenNorm whether tokens are normalized first
     * @param posEmbed whether the UV position embedding is added
     * @throws IllegalArgumentException if {@code outChannels} are not four
     */
    public static DptConfig of(
            Kind kind,
            int dimIn,
            int patchSize,
            int outputDim,
            int features,
            List<Integer> outChannels,
            boolean tokenNorm,
            boolean posEmbed) {
        return new DptConfig(
                kind,
                dimIn,
                patchSize,
                outputDim,
                features,
                outChannels,
                tokenNorm,
                posEmbed,
                0.1,
                100,
                1e-5,
                4,
                5,
                false);
    }

    /** Returns the same head with a separate or a shared reassembly of the ray branch. */
    public DptConfig withSeparateReassembly(boolean separate) {
        return new DptConfig(
                kind,
                dimIn,
                patchSize,
                outputDim,
                features,
                outChannels,
                tokenNorm,
                posEmbed,
                posEmbedRatio,
                posEmbedOmega,
                normEpsilon,
                auxLevels,
                auxConvolutions,
                separate);
    }
}
