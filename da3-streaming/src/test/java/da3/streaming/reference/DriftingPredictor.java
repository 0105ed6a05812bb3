package da3.streaming.reference;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.geometry.align.Sim3Tangent;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A predictor that knows the truth: cameras on a circle and random depths. Every call has its own world frame and
 * scale, and within a window of consecutive frames the scale grows from frame to frame.
 */
final class DriftingPredictor implements ViewPredictor {

    static final int WIDTH = 8;
    static final int HEIGHT = 6;

    private final int circle;
    private final double growth;
    private int calls;

    /**
     * @param circle number of frames of a full circle
     * @param growth factor between the scales of neighboring frames
     */
    DriftingPredictor(int circle, double growth) {
        this.circle = circle;
        this.growth = growth;
    }

    /** Returns the true world-to-camera pose. */
    Pose pose(int frame) {
        double angle = 2 * Math.PI * frame / circle;
        return new Pose(
                new Sim3Tangent(Vec3.ZERO, new Vec3(0.1, angle, 0), 0).exp().rotation(), new Vec3(0.3, 0, 3));
    }

    /** Returns the true depth. */
    ScalarMap depth(int frame) {
        Random random = new Random(1000 + frame);
        float[] depth = new float[WIDTH * HEIGHT];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = 2 + random.nextFloat();
        }
        return new ScalarMap(WIDTH, HEIGHT, depth);
    }

    @Override
    public List<View> predict(int[] frames) {
        Random random = new Random(calls++);
        Sim3 gauge = new Sim3Tangent(vector(random), vector(random), 0.3 * random.nextGaussian()).exp();
        boolean drifts = frames[frames.length - 1] - frames[0] == frames.length - 1;
        List<View> views = new ArrayList<>();
        for (int i = 0; i < frames.length; i++) {
            double scale = drifts ? Math.pow(growth, i) : 1;
            views.add(view(frames[i], gauge, scale));
        }
        return views;
    }

    private View view(int frame, Sim3 gauge, double scale) {
        Random random = new Random(frame);
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        random.nextBytes(rgb);
        float[] confidence = new float[WIDTH * HEIGHT];
        for (int i = 0; i < confidence.length; i++) {
            confidence[i] = 2 + random.nextFloat();
        }
        Pose pose = pose(frame);
        Pose scaled = pose.withTranslation(pose.translation().times(scale));
        return new View(
                new Image(WIDTH, HEIGHT, rgb),
                depth(frame).scaled(scale * gauge.scale()),
                Optional.of(new ScalarMap(WIDTH, HEIGHT, confidence)),
                Optional.of(new Camera(gauge.applyToPose(scaled), new Intrinsics(7 + frame, 7, 4, 3))));
    }

    private static Vec3 vector(Random random) {
        return new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
    }
}
