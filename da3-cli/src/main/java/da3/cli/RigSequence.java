package da3.cli;

import da3.geometry.Pose;
import da3.geometry.rig.Rig;
import da3.io.rig.RigImages;
import java.util.List;

/**
 * The images of a rig on a drive.
 *
 * @param instants images of each instant, in order
 * @param rigFromWorld poses of the rig, one per instant; empty if they are unknown
 */
record RigSequence(Rig rig, List<RigImages> instants, List<Pose> rigFromWorld) {}
