package da3.core;

import da3.geometry.Camera;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.Intrinsics;
import da3.geometry.KnownDistance;
import da3.geometry.ScalarMap;
import da3.geometry.check.Check;
import da3.geometry.image.MapResampling;
import da3.geometry.image.PixelTransform;
import da3.geometry.math.Vec3;

/** Conversion of a scene to meters by means of a known distance. */
final class KnownScale {

    private KnownScale() {}

    /**
     * Checks what can be checked before the prediction.
     *
     * @param predictsCameras whether the model predicts cameras
     * @throws IllegalArgumentException if something else also sets the unit of length, or intrinsics are unknown
     */
    static void requireServed(Request request, boolean predictsCameras) {
        if (request.options().independent()) {
            throw new IllegalArgumentException("a known distance sets the scale of one scene, but the images are"
                    + " independent: use one request per image");
        }
        if (ViewPriors.hasSparseDepth(request.priors())) {
            throw new IllegalArgumentException(
                    "a known distance and depth samples both set the unit of length: give only one of them");
        }
        if (!request.poses().isEmpty() && request.options().alignDepth()) {
            throw new IllegalArgumentException("a known distance and given poses both set the unit of length: give only"
                    + " one of them, or set alignDepth to false, which transforms the poses to the network's frame");
        }
        if (!predictsCameras && request.intrinsics().isEmpty()) {
            throw new IllegalArgumentException(
                    "a known distance needs intrinsics, which this model does not predict: give them");
        }
    }

    /**
     * Returns a scene in meters.
     *
     * @throws DegenerateGeometryException if a point was cropped, or the depth at a point is not positive and finite
     */
    static Reconstruction inMeters(Reconstruction scene, ProcessedInput input, KnownDistance known) {
        Intrinsics intrinsics = scene.cameras()
                .map(cameras -> cameras.get(known.view()).intrinsics())
                .orElseGet(() -> input.intrinsics().get(known.view()));
        ScalarMap depth = scene.depths().get(known.view());
        PixelTransform toMap = input.transforms().get(known.view());
        Vec3 from = point(toMap.x(known.fromX()), toMap.y(known.fromY()), depth, intrinsics);
        Vec3 to = point(toMap.x(known.toX()), toMap.y(known.toY()), depth, intrinsics);
        double factor = known.meters() / to.minus(from).norm();
        return scene.moved(
                scene.depths().stream().map(map -> map.scaled(factor)).toList(),
                scene.cameras().map(cameras -> cameras.stream()
                        .map(camera -> scaled(camera, factor))
                        .toList()),
                scene.gaussians().map(cloud -> cloud.scaled(factor)),
                factor,
                true);
    }

    /** @return the point of the surface at a position of the map, in the frame of the camera */
    private static Vec3 point(double x, double y, ScalarMap depth, Intrinsics intrinsics) {
        if (!MapResampling.contains(depth, x, y)) {
            throw new DegenerateGeometryException(
                    "a point of the known distance is not in the processed image, because the image was cropped");
        }
        double z = MapResampling.depthAt(depth, x, y);
        if (!(z > 0 && z < Double.POSITIVE_INFINITY)) {
            throw new DegenerateGeometryException(
                    Check.message("depth at the points of the known distance", "positive and finite", z));
        }
        return intrinsics.unproject(x, y, z);
    }

    private static Camera scaled(Camera camera, double factor) {
        return new Camera(
                camera.pose().withTranslation(camera.pose().translation().times(factor)), camera.intrinsics());
    }
}
