/**
 * Calibrations of rigs in the formats of other programs. Intrinsics of OpenCV, which Kalibr, nuScenes, KITTI and ROS
 * share, are for pixel centers at whole numbers; half a pixel is added, since centers are at 0.5 in this library.
 */
package da3.io.rig;
