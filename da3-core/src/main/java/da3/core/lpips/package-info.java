/**
 * Learned perceptual image patch similarity (LPIPS) with its gradient, whose weights the user provides as a file. It is
 * the distance of images in evaluations and a term of the objective of the Gaussian head.
 */
package da3.core.lpips;
