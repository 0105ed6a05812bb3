/**
 * Lens distortion models and the undistortion of images. The models are those of COLMAP
 * ({@code src/colmap/sensor/models.h}).
 */
package da3.geometry.lens;
