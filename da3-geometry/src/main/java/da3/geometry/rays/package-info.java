/**
 * Ray maps, and the camera that a ray map describes: a homography by RANSAC, its factorization, and least squares.
 */
package da3.geometry.rays;
