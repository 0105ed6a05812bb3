package da3.evaluation.suite.dataset;

import da3.geometry.check.Check;
import java.util.Locale;

/**
 * How scenes of a data set are loaded.
 *
 * @param sampling choice of frames in scenes of many
 * @param longestSide longest side of a view in pixels; larger images and depth maps are shrunk to it, so that a scene
 *     fits into memory
 * @param protocol what is followed where paper and code differ
 */
public record DataSetOptions(FrameSampling sampling, int longestSide, Protocol protocol) {

    /** Checks that views have pixels. */
    public DataSetOptions {
        Check.atLeast("longest side", 1, longestSide);
    }

    /** Returns the sampling and protocol of the reference's code, and 1024 pixels as the longest side. */
    public static DataSetOptions defaults() {
        return new DataSetOptions(FrameSampling.defaults(), 1024, Protocol.CODE);
    }

    /** Returns these options with another sampling. */
    public DataSetOptions withSampling(FrameSampling other) {
        return new DataSetOptions(other, longestSide, protocol);
    }

    /** Returns these options with another longest side. */
    public DataSetOptions withLongestSide(int pixels) {
        return new DataSetOptions(sampling, pixels, protocol);
    }

    /** Returns these options with another protocol. */
    public DataSetOptions withProtocol(Protocol other) {
        return new DataSetOptions(sampling, longestSide, other);
    }

    /** Returns the options in words, as part of a suite's description. */
    String description() {
        return "at most " + sampling.maxFrames() + " frames by seed " + sampling.seed() + ", longest side "
                + longestSide + ", protocol of the " + protocol.name().toLowerCase(Locale.ROOT);
    }
}
