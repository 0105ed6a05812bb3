/**
 * Value types for images, cameras, maps, clouds and meshes.
 *
 * <p>Conventions of all packages: camera axes are those of OpenCV (x right, y down, z forward); a
 * {@link da3.geometry.Pose} is world-to-camera unless its name says otherwise; intrinsics are in pixels with the image
 * corner at (0, 0); maps are row-major; quaternions are x, y, z, w. Records do not copy the arrays that they are given;
 * callers must not change them afterwards.
 */
package da3.geometry;
