/**
 * A fast ray caster for scenes of primitives, for rendering large numbers of random scenes;
 * {@link da3.synthetic.RayCaster} is the one for hand-made scenes. Rays allocate no memory, pixels in the interior of a
 * face need only one ray, and patterns are filtered by their size in the image.
 *
 * <p>The world frame is right-handed with y up, in meters. Results are the same bytes on every machine, since per-ray
 * code uses only plain arithmetic and square roots.
 */
package da3.synthetic.solid;
