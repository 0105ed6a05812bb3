/**
 * Values and the maths on them.
 *
 * <p>Conventions, everywhere: camera axes are OpenCV's (x right, y down, z forward); a {@link da3.geometry.Pose} is
 * world-to-camera unless its name says otherwise; intrinsics are pixels with the image's corner at (0, 0); maps are
 * row-major; quaternions are x, y, z, w. Arrays handed to a record are not copied: the record owns them from then on.
 */
package da3.geometry;
