/** Similarities between sets of cameras or points, and the normalization of poses. */
package da3.geometry.align;
