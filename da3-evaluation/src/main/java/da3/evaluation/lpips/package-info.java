/** Learned perceptual image patch similarity (LPIPS), whose weights the user provides as a file. */
package da3.evaluation.lpips;
