/**
 * A pose graph: poses of keyframes and scales of windows from relative measurements, loops and priors, by sparse robust
 * least squares.
 *
 * <p>Conventions. Poses at the interface are world-to-camera like everywhere in this project; inside they are
 * camera-to-world. A relative motion from camera i to camera j maps coordinates of j to those of i. Tangent vectors are
 * (translation, rotation) in the axes of the camera and apply on the right; rotations are in radians. A scale is the
 * length of one unit of a window in units of the world. Costs are sums of squared whitened residuals, without a factor of
 * one half.
 */
package da3.streaming.graph;
