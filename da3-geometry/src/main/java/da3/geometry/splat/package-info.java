/**
 * Photos of 3D Gaussians: projection, sorting and blending on the processor, and Gaussians made of photos with exact
 * depth.
 */
package da3.geometry.splat;
