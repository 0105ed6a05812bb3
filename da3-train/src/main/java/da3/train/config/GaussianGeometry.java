package da3.train.config;

/** The depth and cameras on which the Gaussians of a scene are placed, in the unit of the network. */
public enum GaussianGeometry {
    /** Predicted depth and predicted cameras, with which held-out cameras are aligned. */
    PREDICTED,
    /** Predicted depth and true cameras, scaled so that the median of the depths agrees. */
    KNOWN_CAMERAS,
    /** True depth, where it is known, and true cameras, scaled likewise. */
    KNOWN_DEPTH
}
