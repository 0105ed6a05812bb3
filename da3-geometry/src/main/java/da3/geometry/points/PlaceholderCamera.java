package da3.geometry.points;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.View;

/** What a view of a model without cameras is shown with: good enough to look at, not to measure. */
public final class PlaceholderCamera {

    private static final double FIELD_OF_VIEW = Math.toRadians(60);

    private PlaceholderCamera() {}

    /** A view's camera; where it has none, a pinhole at the origin that sees 60 degrees across the picture. */
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
