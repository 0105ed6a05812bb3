package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.streaming.frame.Frame;
import da3.streaming.frame.FrameSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A predictor that costs next to nothing: a camera moves to and fro in front of a bumpy wall. Every window has its own
 * unit and some noise.
 *
 * @param millis time that each prediction takes
 */
record Wall(int millis) implements WindowPredictor {

    private static final int WIDTH = 16;
    private static final int HEIGHT = 12;
    private static final int PERIOD = 60; // frames to and fro
    private static final double STEP = 0.1;

    static FrameSource source(int frames) {
        List<Image> images = IntStream.range(0, frames).mapToObj(Wall::image).toList();
        return Oracle.source(images, true);
    }

    private static Image image(int frame) {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        new Random(frame).nextBytes(rgb);
        return new Image(WIDTH, HEIGHT, rgb);
    }

    @Override
    public String description() {
        return "wall";
    }

    @Override
    public Frame prepare(Frame frame) {
        return frame;
    }

    @Override
    public WindowPrediction predict(List<Frame> frames) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Random random = new Random(frames.get(0).number());
        double unit = Math.exp(0.1 * random.nextGaussian());
        Intrinsics k = new Intrinsics(WIDTH, WIDTH, WIDTH / 2.0, HEIGHT / 2.0);
        List<View> views = new ArrayList<>();
        List<float[]> descriptors = new ArrayList<>();
        for (Frame frame : frames) {
            double x = position(frame.number());
            Pose pose = new Pose(Mat3.IDENTITY, new Vec3(-x * unit, 0, 0));
            views.add(new View(
                    frame.image(), depth(x, unit, random), Optional.empty(), Optional.of(new Camera(pose, k))));
            descriptors.add(descriptor(x));
        }
        return new WindowPrediction(new Scene(views, Optional.empty(), false), descriptors);
    }

    private static double position(long frame) {
        long phase = frame % PERIOD;
        return STEP * Math.min(phase, PERIOD - phase);
    }

    private static ScalarMap depth(double x, double unit, Random random) {
        float[] values = new float[WIDTH * HEIGHT];
        for (int p = 0; p < values.length; p++) {
            double bump = 0.3 * Math.sin(3 * x + p % WIDTH) * Math.cos(p / WIDTH);
            values[p] = (float) (unit * (2 + bump) * (1 + 0.01 * random.nextGaussian()));
        }
        return new ScalarMap(WIDTH, HEIGHT, values);
    }

    private static float[] descriptor(double x) {
        float[] descriptor = new float[16];
        for (int i = 0; i < descriptor.length; i++) {
            descriptor[i] = (float) Math.cos((i + 1) * x + i * i);
        }
        return descriptor;
    }
}
