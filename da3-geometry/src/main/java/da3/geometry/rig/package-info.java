/**
 * Cameras that are mounted rigidly, for instance on a vehicle, and whose views need not overlap. Lengths are in meters.
 * The conventions are those of COLMAP's rigs: a pose of a camera maps rig coordinates to camera coordinates.
 */
package da3.geometry.rig;
