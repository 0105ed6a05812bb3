/**
 * Synthetic scenes with exact depth and cameras: surfaces with textures, light, camera rigs, and a ray caster. For
 * tests, measurements and training.
 *
 * <p>Conventions: the world frame is right-handed with y up, in meters; cameras follow {@link da3.geometry.Camera};
 * depth is along the z axis of the camera through the pixel center, and 0 where a ray hits nothing. The same arguments
 * give the same bytes on every machine: angles and powers use {@link StrictMath}.
 */
package da3.synthetic;
