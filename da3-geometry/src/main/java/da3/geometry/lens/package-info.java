/**
 * Lenses as they are: what they bend, and photos as a pinhole would have taken them. The models are COLMAP's
 * ({@code src/colmap/sensor/models.h}).
 */
package da3.geometry.lens;
