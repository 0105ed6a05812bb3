package da3.geometry.points;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.View;

/** The camera for views of models without cameras: good enough for viewing, not for measuring. */
public final class PlaceholderCamera {

    private static final double FIELD_OF_VIEW = Math.toRadians(60);

    private PlaceholderCamera() {}

    /**
     * Returns the camera of a view; if it has none, a pinhole camera at the origin with a horizontal field of view of
     * 60 degrees.
     */
    public static Camera of(View view) {
        return view.camera().orElseGet(() -> {
            double width = view.depth().width();
            double focal = width / 2 / Math.tan(FIELD_OF_VIEW / 2);
            return new Camera(
                    Pose.IDENTITY,
                    new Intrinsics(focal, focal, width / 2, view.depth().height() / 2.0));
        });
    }
}
