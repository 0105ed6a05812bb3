/**
 * Alignment of cameras and of depth: Umeyama with and without RANSAC, poses of one frame in another, metric scale of nested\n * models.
 */
package da3.geometry.align;
