/**
 * A fast ray caster for scenes of primitives: what {@link da3.synthetic.RayCaster} is for worlds made by hand, for
 * worlds by the hundred thousand. No ray allocates, a pixel inside of a face needs one ray through the tree, and
 * features know how large they are on the screen.
 *
 * <p>Worlds are right-handed with y up, in meters. Results are the same bytes on every machine: per ray there is plain
 * arithmetic and square roots only.
 */
package da3.synthetic.solid;
