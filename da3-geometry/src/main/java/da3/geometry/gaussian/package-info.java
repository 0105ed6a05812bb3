/**
 * 3D Gaussians from the output of the Gaussian head.
 */
package da3.geometry.gaussian;
