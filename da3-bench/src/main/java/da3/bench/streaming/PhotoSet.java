package da3.bench.streaming;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.streaming.frame.Frame;
import da3.synthetic.Arc;
import da3.synthetic.CameraRig;
import da3.synthetic.RayCaster;
import da3.synthetic.RenderOptions;
import da3.synthetic.SampleScenes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Photos that are not part of a route: some from near it, and as many from the same places in a building with other
 * furniture.
 *
 * @param route the route
 * @param known photos near the route
 * @param foreign photos in the other building, whose cameras are 100 m away
 */
record PhotoSet(RouteViews route, List<View> known, List<View> foreign) {

    /** Standard deviations of the position of a photo relative to the route: meters to the side, up and forward. */
    private static final Vec3 OFFSET = new Vec3(0.15, 0.1, 0.15);

    /** Standard deviations of its direction: degrees about the axes of the camera. */
    private static final Vec3 TURN = new Vec3(3, 8, 2);

    private static final Vec3 AWAY = new Vec3(100, 0, 0);

    /** Renders photos of the size of the views of the route. */
    static PhotoSet render(CorridorBuilding building, RouteViews route, int count, long seed) {
        Random random = new Random(seed);
        RayCaster here = new RayCaster(building.scene(1));
        RayCaster elsewhere = new RayCaster(building.scene(2));
        RenderOptions options = RenderOptions.defaults().withSamples(1).withThreads(1);
        List<View> known = new ArrayList<>();
        List<View> foreign = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Camera near = route.camera(random.nextInt(route.size()));
            Camera camera = new Camera(offset(random).compose(near.pose()), near.intrinsics());
            Image size = route.views().get(0).image();
            known.add(here.render(camera, size.width(), size.height(), options).view());
            View other = elsewhere
                    .render(camera, size.width(), size.height(), options)
                    .view();
            foreign.add(new View(
                    other.image(),
                    other.depth(),
                    other.confidence(),
                    Optional.of(new Camera(away(camera.pose()), camera.intrinsics()))));
        }
        return new PhotoSet(route, known, foreign);
    }

    /**
     * Renders a circle through a furnished room. Every third view is a photo, the others are the route; the foreign photos
     * are taken by the same cameras in another room.
     */
    static PhotoSet room(int views, int width, int height) {
        Intrinsics k = CameraRig.lens(width, height, Math.toRadians(80));
        RayCaster here = new RayCaster(SampleScenes.indoor(1));
        RayCaster elsewhere = new RayCaster(SampleScenes.indoor(2));
        RenderOptions options = RenderOptions.defaults().withSamples(1).withThreads(1);
        List<View> route = new ArrayList<>();
        List<View> known = new ArrayList<>();
        List<View> foreign = new ArrayList<>();
        for (Camera camera : Arc.orbit(new Vec3(0, 1, 0), 1.9, 0.4, views).cameras(k)) {
            boolean photo = (route.size() + known.size()) % 3 == 1;
            (photo ? known : route)
                    .add(here.render(camera, width, height, options).view());
            if (photo) {
                foreign.add(elsewhere.render(camera, width, height, options).view());
            }
        }
        return new PhotoSet(new RouteViews(route), known, foreign);
    }

    private static Pose offset(Random random) {
        Vec3 half = new Vec3(
                        TURN.x() * random.nextGaussian(),
                        TURN.y() * random.nextGaussian(),
                        TURN.z() * random.nextGaussian())
                .times(Math.toRadians(0.5));
        Mat3 turn = new Quaternion(half.x(), half.y(), half.z(), 1).toMatrix();
        return new Pose(
                turn,
                new Vec3(
                        OFFSET.x() * random.nextGaussian(),
                        OFFSET.y() * random.nextGaussian(),
                        OFFSET.z() * random.nextGaussian()));
    }

    private static Pose away(Pose pose) {
        return pose.withTranslation(pose.translation().minus(pose.rotation().times(AWAY)));
    }

    /** Returns the views of the route, the known and the foreign photos, as one sequence for an oracle. */
    RouteViews all() {
        return new RouteViews(
                Stream.of(route.views(), known, foreign).flatMap(List::stream).toList());
    }

    /** Returns where all views appear to be, given where those of the route do. */
    Appearance appearance(Appearance ofRoute) {
        List<Pose> poses = new ArrayList<>(ofRoute.poses());
        Stream.concat(known.stream(), foreign.stream())
                .forEach(view -> poses.add(view.camera().orElseThrow().pose()));
        return new Appearance(poses, ofRoute.aliased());
    }

    /** Returns a photo with its number in {@link #all}: known ones first, then foreign ones. */
    Frame frame(int photo) {
        View view = photo < known.size() ? known.get(photo) : foreign.get(photo - known.size());
        return new Frame(route.size() + photo, 0, "photo" + photo, view.image());
    }
}
