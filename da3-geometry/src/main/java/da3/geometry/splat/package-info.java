/**
 * Rendering of 3D Gaussians on the CPU (projection, sorting and blending), and Gaussians from images with exact depth.
 */
package da3.geometry.splat;
