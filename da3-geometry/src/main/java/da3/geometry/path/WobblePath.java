package da3.geometry.path;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;

/**
 * A path between every third view, on a circle perpendicular to the direction of view. Its radius is half the distance
 * of the two views, averaged with the previous one.
 */
final class WobblePath implements CameraPath {

    private static final int SKIP = 3;
    private static final int FRAMES = 30;

    @Override
    public List<Camera> through(List<Camera> views) {
        CameraPath.requireViews(views, SKIP + 1, "wobble_inter");
        List<Camera> path = new ArrayList<>();
        double distance = 0;
        for (int v = 0; v < views.size() - SKIP; v += SKIP) {
            Camera from = views.get(v);
            Camera to = views.get(v + SKIP);
            Pose fromWorld = from.pose().inverse();
            Pose toWorld = to.pose().inverse();
            double step = fromWorld.translation().minus(toWorld.translation()).norm();
            distance = v == 0 ? step : (distance + step) / 2;
            PivotInterpolation poses = new PivotInterpolation(fromWorld, toWorld);
            for (int i = v == 0 ? 0 : 1; i < FRAMES; i++) {
                double t = i / (FRAMES - 1.0);
                double angle = 2 * Math.PI * t;
                Pose pose = poses.at(t);
                Vec3 offset = new Vec3(Math.sin(angle), -Math.cos(angle), 0).times(distance / 2);
                path.add(new Camera(
                        pose.withTranslation(pose.transform(offset)).inverse(),
                        PivotInterpolation.between(from.intrinsics(), to.intrinsics(), t)));
            }
        }
        return path;
    }
}
