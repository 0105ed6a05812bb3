/**
 * COLMAP models: cameras, images and points, as text or little-endian binary files. Poses are world-to-camera with
 * OpenCV axes, and the corner of the image is (0, 0), as everywhere in this project. Source of the formats: COLMAP,
 * {@code src/colmap/scene/reconstruction_io.cc}.
 */
package da3.io.colmap;
