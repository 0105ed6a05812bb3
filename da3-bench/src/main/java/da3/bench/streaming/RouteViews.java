package da3.bench.streaming;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import da3.streaming.frame.Frame;
import da3.streaming.frame.FrameSource;
import da3.streaming.frame.FrameStream;
import da3.synthetic.Box;
import da3.synthetic.CameraRig;
import da3.synthetic.Color;
import da3.synthetic.Ray;
import da3.synthetic.RayCaster;
import da3.synthetic.RenderOptions;
import da3.synthetic.Texture;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What a camera sees on a route: images with true depth in meters and true cameras. On parts of the route a box moves
 * in front of the camera.
 *
 * @param views the views in order
 */
record RouteViews(List<View> views) implements FrameSource {

    private static final double FIELD_OF_VIEW = Math.toRadians(90);

    /** Number of frames after which the box appears again; it is visible in the first {@code BOX_FRAMES} of them. */
    private static final int BOX_PERIOD = 60;

    private static final int BOX_FRAMES = 15;

    static RouteViews render(CorridorBuilding building, Route route, double step, int width, int height) {
        RayCaster caster = new RayCaster(building.scene(1));
        RenderOptions options = RenderOptions.defaults().withSamples(1).withThreads(1);
        Intrinsics k = CameraRig.lens(width, height, FIELD_OF_VIEW);
        List<View> views = new ArrayList<>();
        for (Pose pose : route.poses(step)) {
            View view =
                    caster.render(new Camera(pose, k), width, height, options).view();
            views.add(views.size() % BOX_PERIOD < BOX_FRAMES ? withBox(view, views.size() % BOX_PERIOD) : view);
        }
        return new RouteViews(views);
    }

    /** Adds a box that crosses the view from left to right at a distance of about two meters. */
    private static View withBox(View view, int frame) {
        Box box = new Box(
                new Vec3(0.15 * frame - 1, 0.5, 2 + 0.05 * frame),
                new Vec3(0.5, 1.6, 0.4),
                0,
                new Texture.Solid(Color.BLACK));
        int width = view.depth().width();
        float[] depth = view.depth().values().clone();
        byte[] rgb = view.image().rgb().clone();
        Intrinsics k = view.camera().orElseThrow().intrinsics();
        for (int i = 0; i < depth.length; i++) {
            Ray ray = new Ray(Vec3.ZERO, k.unproject(i % width + 0.5, i / width + 0.5, 1));
            double z = box.intersect(ray, 0);
            if (z < depth[i]) {
                depth[i] = (float) z;
                rgb[3 * i] = rgb[3 * i + 1] = rgb[3 * i + 2] = 40;
            }
        }
        return new View(
                new Image(width, view.depth().height(), rgb),
                new ScalarMap(width, view.depth().height(), depth),
                view.confidence(),
                view.camera());
    }

    int size() {
        return views.size();
    }

    Camera camera(int frame) {
        return views.get(frame).camera().orElseThrow();
    }

    List<Pose> poses() {
        return cameras().stream().map(Camera::pose).toList();
    }

    List<Camera> cameras() {
        return views.stream().map(view -> view.camera().orElseThrow()).toList();
    }

    @Override
    public FrameStream open() {
        Iterator<View> rest = views.iterator();
        return new FrameStream() {
            private int number;

            @Override
            public Optional<Frame> next() {
                return rest.hasNext()
                        ? Optional.of(new Frame(
                                number,
                                number,
                                "frame" + number++ + ".png",
                                rest.next().image()))
                        : Optional.empty();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String description() {
        return "route of " + size() + " frames";
    }
}
