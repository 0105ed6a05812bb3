/** Ray maps, and the estimation of cameras from them: a homography by RANSAC, its factorization, and least squares. */
package da3.geometry.rays;
