/**
 * Made-up places of which everything is known: shapes with textures, light, cameras, and a ray caster that takes photos
 * of them with exact depth. For tests, measurements and training.
 *
 * <p>Conventions: worlds are right-handed with y up, in meters; cameras are as everywhere ({@link da3.geometry.Camera});
 * depth is along the camera's z axis through the pixel's center, and 0 where a ray meets nothing. The same arguments give
 * the same bytes on every machine: angles and powers go through {@link StrictMath}.
 */
package da3.synthetic;
