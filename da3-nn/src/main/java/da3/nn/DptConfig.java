package da3.nn;

import java.util.List;

/**
 * A DPT head: reassembles four levels of tokens into maps, fuses them, and reads its outputs off the finest.
 *
 * @param kind which outputs it has
 * @param dimIn channels of a level
 * @param patchSize side of a patch, in pixels
 * @param outputDim channels of the main output
 * @param features channels of the fused maps
 * @param outChannels channels of the four reassembled maps
 * @param tokenNorm whether tokens are normed first
 * @param posEmbed whether the UV position embedding is added
 * @param posEmbedRatio factor of that embedding
 * @param posEmbedOmega base of its frequencies
 * @param normEpsilon of the token norm and of the norm before the rays
 * @param auxLevels pyramid levels of the ray branch
 * @param auxConvolutions convolutions before the rays
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
        int auxConvolutions) {

    /** What a head puts out. */
    public enum Kind {
        /** Depth and sky. */
        DEPTH_AND_SKY,
        /** Depth only. */
        DEPTH,
        /** Depth with confidence, and rays with confidence. */
        DEPTH_AND_RAYS,
        /** Raw Gaussian parameters and densities. */
        GAUSSIANS
    }

    /** Channels between the last two convolutions of an output. */
    public static final int OUTPUT_FEATURES = 32;

    /** Ray direction, ray origin and confidence. */
    public static final int RAY_CHANNELS = 7;

    public DptConfig {
        outChannels = List.copyOf(outChannels);
        if (outChannels.size() != 4) {
            throw new IllegalArgumentException("head: outChannels is " + outChannels + "; legal: four numbers");
        }
        if (auxConvolutions != 1 && auxConvolutions != 3 && auxConvolutions != 5) {
            throw new IllegalArgumentException("head: auxConvolutions is " + auxConvolutions + "; legal: 1, 3, 5");
        }
    }
}
