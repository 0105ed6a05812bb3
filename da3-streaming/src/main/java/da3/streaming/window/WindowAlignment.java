package da3.streaming.window;

import da3.geometry.Sim3;

/**
 * The alignment of a window to the previous one.
 *
 * @param toPrevious similarity from the frame of the window to that of the previous one
 * @param inliers fraction of the points of the overlap whose distance after the alignment is at most
 *     {@value #INLIER_RESIDUAL} of their depth; 0 if there are too few points and the cameras alone were aligned
 * @param residual median distance of aligned points, relative to their depth; 0 if there are too few points
 * @param points number of points
 */
public record WindowAlignment(Sim3 toPrevious, double inliers, double residual, int points) {

    /** Maximum relative residual of an inlier. */
    public static final double INLIER_RESIDUAL = 0.05;
}
