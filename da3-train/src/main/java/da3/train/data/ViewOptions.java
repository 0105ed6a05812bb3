package da3.train.data;

/**
 * How the views of files are read.
 *
 * @param limits how stored depth is read
 * @param maxSide longer side in pixels that larger images are reduced to; 0 keeps their size
 * @param fieldOfView horizontal field of view in degrees of views without a camera
 */
public record ViewOptions(ArchiveScenes.DepthLimits limits, int maxSide, double fieldOfView) {}
