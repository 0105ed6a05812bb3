package da3.nn;

/**
 * The configuration of the camera encoder.
 *
 * @param dimOut channels of a token
 * @param trunkDepth number of blocks
 * @param numHeads attention heads
 * @param mlpRatio hidden channels of the feed-forward layers, as a multiple of {@code dimOut}
 * @param normEpsilon epsilon of all its layer norms
 */
public record CameraEncoderConfig(int dimOut, int trunkDepth, int numHeads, int mlpRatio, double normEpsilon) {}
