package da3.streaming.reference;

/** A method that estimates the ratio of the depths of two predictions. Source: {@code compute_chunk_scale_advanced}. */
public enum ScaleMethod {
    /** The estimate of higher quality, or the mean of both if both qualities are above 0.7. */
    AUTO {
        @Override
        ScaleEstimate of(DepthPairs pairs, long seed) {
            ScaleEstimate consensus = RANSAC.of(pairs, seed);
            ScaleEstimate quantile = WEIGHTED.of(pairs, seed);
            ScaleEstimate better = consensus.quality() > quantile.quality() ? consensus : quantile;
            return consensus.quality() > GOOD && quantile.quality() > GOOD
                    ? new ScaleEstimate((consensus.scale() + quantile.scale()) / 2, better.quality())
                    : better;
        }
    },
    /** The least squares ratio of a consensus set; its quality is the fraction of inliers. */
    RANSAC {
        @Override
        ScaleEstimate of(DepthPairs pairs, long seed) {
            return ScaleConsensus.estimate(pairs, seed);
        }
    },
    /** A quantile of the ratios weighted by confidence; its quality is high if few pixels have most of the weight. */
    WEIGHTED {
        @Override
        ScaleEstimate of(DepthPairs pairs, long seed) {
            return WeightedQuantileScale.estimate(pairs);
        }
    };

    private static final double GOOD = 0.7;
    private static final int MIN_PAIRS = 100;

    /**
     * Estimates the factor by which source depths have to be multiplied. With fewer than 100 pairs it is 1, with
     * quality 0.
     *
     * @param seed seed of random draws
     */
    public ScaleEstimate estimate(DepthPairs pairs, long seed) {
        return pairs.size() < MIN_PAIRS ? new ScaleEstimate(1, 0) : of(pairs, seed);
    }

    abstract ScaleEstimate of(DepthPairs pairs, long seed);
}
