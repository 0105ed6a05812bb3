package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.streaming.frame.Frame;
import da3.streaming.frame.FrameSource;
import da3.streaming.frame.FrameStream;
import da3.synthetic.Arc;
import da3.synthetic.CameraRig;
import da3.synthetic.RayCaster;
import da3.synthetic.RenderOptions;
import da3.synthetic.SampleScenes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A predictor that knows a synthetic scene: exact depth and cameras of a route through a room, moved by a random
 * similarity for each window, with optional drift and noise. Everything follows from the numbers of the frames.
 *
 * @param truth views of the route; depth in meters
 * @param noise standard deviation of the logarithm of depth of each pixel
 * @param drift standard deviation of the change of scale from frame to frame of a window, and in tenths of it of rotation
 *     in radians
 * @param metric whether windows are in meters
 */
record Oracle(List<View> truth, double noise, double drift, boolean metric) implements WindowPredictor {

    static final int WIDTH = 56;
    static final int HEIGHT = 42;

    /** Returns an exact oracle of a circle through a room. */
    static Oracle circle(int frames) {
        Arc route = Arc.orbit(new Vec3(0, 1, 0), 1.9, 0.4, frames);
        Intrinsics k = CameraRig.lens(WIDTH, HEIGHT, Math.toRadians(80));
        RayCaster caster = new RayCaster(SampleScenes.indoor(1));
        RenderOptions options = RenderOptions.defaults().withSamples(1).withThreads(1);
        List<View> views = new ArrayList<>();
        for (Camera camera : route.cameras(k)) {
            views.add(caster.render(camera, WIDTH, HEIGHT, options).view());
        }
        return new Oracle(views, 0, 0, false);
    }

    Oracle withNoise(double depthNoise, double frameDrift) {
        return new Oracle(truth, depthNoise, frameDrift, metric);
    }

    Oracle inMeters() {
        return new Oracle(truth, noise, drift, true);
    }

    List<Camera> cameras() {
        return truth.stream().map(view -> view.camera().orElseThrow()).toList();
    }

    /** Returns the images of the route as a source. */
    FrameSource source() {
        return source(truth.stream().map(View::image).toList(), true);
    }

    static FrameSource source(List<Image> images, boolean repeatable) {
        return new FrameSource() {
            private int next; // of a source that cannot be read again

            @Override
            public FrameStream open() {
                return new FrameStream() {
                    private int own;

                    @Override
                    public Optional<Frame> next() {
                        int i = repeatable ? own++ : next++;
                        return i < images.size()
                                ? Optional.of(new Frame(i, i * 0.1, "frame" + i + ".png", images.get(i)))
                                : Optional.empty();
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public String description() {
                return "test";
            }

            @Override
            public boolean repeatable() {
                return repeatable;
            }
        };
    }

    @Override
    public String description() {
        return "oracle";
    }

    @Override
    public Frame prepare(Frame frame) {
        return frame;
    }

    @Override
    public WindowPrediction predict(List<Frame> frames) {
        int first = (int) frames.get(0).number();
        Random random = new Random(first);
        Sim3 gauge = gauge(random);
        double scale = 1;
        Pose turn = Pose.IDENTITY;
        List<View> views = new ArrayList<>();
        for (Frame frame : frames) {
            View view = truth.get((int) frame.number());
            Camera camera = view.camera().orElseThrow();
            Pose pose = gauge.applyToPose(turn.compose(camera.pose()));
            views.add(new View(
                    frame.image(),
                    noisy(view.depth(), gauge.scale() * scale, random),
                    Optional.of(confidence()),
                    Optional.of(new Camera(pose, camera.intrinsics()))));
            scale *= Math.exp(drift * random.nextGaussian());
            turn = new Pose(rotation(random, 0.1 * drift), Vec3.ZERO).compose(turn);
        }
        return new WindowPrediction(
                new Scene(views, Optional.empty(), metric),
                frames.stream()
                        .map(frame -> descriptor(truth.get((int) frame.number())))
                        .toList());
    }

    /** Returns smooth random functions of the true camera, so that only frames of nearly the same camera are alike. */
    private static float[] descriptor(View view) {
        Camera camera = view.camera().orElseThrow();
        Vec3 center = camera.pose().cameraCenter();
        double[] axis = camera.pose().rotation().toArray();
        Random random = new Random(3);
        float[] descriptor = new float[64];
        for (int i = 0; i < descriptor.length; i++) {
            double phase = 6 * random.nextDouble();
            phase += 2 * (center.x() * random.nextGaussian() + center.z() * random.nextGaussian());
            phase += 2 * (axis[6] * random.nextGaussian() + axis[8] * random.nextGaussian());
            descriptor[i] = (float) Math.cos(phase);
        }
        return descriptor;
    }

    private ScalarMap noisy(ScalarMap depth, double scale, Random random) {
        float[] values = new float[depth.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (depth.values()[i] * scale * Math.exp(noise * random.nextGaussian()));
        }
        return new ScalarMap(depth.width(), depth.height(), values);
    }

    private static ScalarMap confidence() {
        float[] values = new float[WIDTH * HEIGHT];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1 + (float) (0.5 + (i * 31 % 97) / 97.0);
        }
        return new ScalarMap(WIDTH, HEIGHT, values);
    }

    private Sim3 gauge(Random random) {
        double scale = metric ? 1 : Math.exp(0.3 * random.nextGaussian());
        Vec3 translation = new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
        return new Sim3(scale, rotation(random, 1), translation);
    }

    private static Mat3 rotation(Random random, double angle) {
        return new Quaternion(
                        angle * random.nextGaussian(), angle * random.nextGaussian(), angle * random.nextGaussian(), 2)
                .toMatrix();
    }
}
