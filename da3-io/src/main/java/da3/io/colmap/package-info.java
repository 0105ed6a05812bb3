/**
 * Models of COLMAP ({@code src/colmap/scene/reconstruction_io.cc}): cameras, images and points as text or as little-endian
 * binary. Poses are world-to-camera with OpenCV axes, pixels have their corner at (0, 0): as everywhere here.
 */
package da3.io.colmap;
