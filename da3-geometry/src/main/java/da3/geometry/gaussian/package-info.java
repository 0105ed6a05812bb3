/** Conversion of the output of the Gaussian head to 3D Gaussians. */
package da3.geometry.gaussian;
