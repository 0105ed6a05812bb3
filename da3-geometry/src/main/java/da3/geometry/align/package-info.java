/** Similarities between sets of cameras or points, their tangent vectors, and the normalization of poses. */
package da3.geometry.align;
