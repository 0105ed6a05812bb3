package da3.bench.streaming;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.streaming.WindowPrediction;
import da3.streaming.WindowPredictor;
import da3.streaming.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A predictor that knows a route, with the errors of a network. Each prediction has its own frame and unit; scale and
 * rotation drift from frame to frame; depth has noise, which confidence reflects, and a bias that depends on distance.
 * Two groups of frames that show the same surfaces, or appear to, are put next to each other; of others the relative
 * pose is a guess.
 *
 * @param route the true views
 * @param appearance where frames appear to be
 * @param errors size of the errors
 * @param seed seed of all draws
 */
record BuildingOracle(RouteViews route, Appearance appearance, Errors errors, long seed) implements WindowPredictor {

    /** Standard deviations of the guess of a relative pose: meters and radians. */
    private static final double GUESS_TRANSLATION = 1.5;

    private static final double GUESS_ROTATION = 0.3;

    /** Wavelength of the bias of depth, in meters. */
    private static final double BIAS_WAVELENGTH = 4;

    /**
     * Sizes of errors.
     *
     * @param scaleDrift standard deviation of the change of the logarithm of scale from frame to frame
     * @param rotationDrift standard deviation of the error of rotation from frame to frame about each axis, degrees
     * @param unit standard deviation of the logarithm of the unit of a window
     * @param bias amplitude of the relative error of depth that depends on depth
     * @param noise median standard deviation of the relative error of depth of a pixel
     */
    record Errors(double scaleDrift, double rotationDrift, double unit, double bias, double noise) {

        static Errors usual() {
            return new Errors(0.003, 0.02, 0.1, 0.01, 0.03);
        }
    }

    /** Returns the same predictor without noise of pixels; everything else stays the same. */
    BuildingOracle withoutNoise() {
        return new BuildingOracle(
                route,
                appearance,
                new Errors(errors.scaleDrift, errors.rotationDrift, errors.unit, errors.bias, 0),
                seed);
    }

    @Override
    public String description() {
        return "oracle of " + route.description();
    }

    @Override
    public Frame prepare(Frame frame) {
        return frame;
    }

    @Override
    public WindowPrediction predict(List<Frame> frames) {
        int[] numbers = frames.stream().mapToInt(frame -> (int) frame.number()).toArray();
        List<float[]> descriptors = new ArrayList<>();
        for (int number : numbers) {
            descriptors.add(PlaceDescriptors.of(appearance.poses().get(number), new Random(seed + number)));
        }
        return new WindowPrediction(new Scene(views(numbers), Optional.empty(), false), descriptors);
    }

    /** Predicts frames, given by their numbers. */
    List<View> views(int[] numbers) {
        long draw = 31 * seed + 1000L * numbers[0] + numbers[numbers.length - 1];
        Random random = new Random(draw);
        Random noise = new Random(draw + 1);
        double scale = Math.exp(errors.unit * random.nextGaussian());
        double phase = 2 * Math.PI * random.nextDouble();
        Pose pose = new Pose(rotation(random, 1), gaussian(random).times(scale));
        List<View> views = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            if (i > 0) {
                scale *= Math.exp(errors.scaleDrift * random.nextGaussian());
                Mat3 error = rotation(random, Math.toRadians(errors.rotationDrift));
                Pose motion = motion(numbers, i, random);
                pose = new Pose(
                                error.times(motion.rotation()),
                                motion.translation().times(scale))
                        .compose(pose);
            }
            View truth = route.views().get(numbers[i]);
            ScalarMap deviations = deviations(truth.depth());
            views.add(new View(
                    truth.image(),
                    depth(truth.depth(), deviations, scale, phase, noise),
                    Optional.of(confidence(deviations)),
                    Optional.of(new Camera(pose, truth.camera().orElseThrow().intrinsics()))));
        }
        return views;
    }

    /** Returns what the network sees as the motion from frame {@code i - 1} to frame {@code i}, without errors. */
    private Pose motion(int[] numbers, int i, Random random) {
        int before = numbers[i - 1];
        int now = numbers[i];
        if (now == before + 1) {
            return truth(now).compose(truth(before).inverse());
        }
        // Frames of the group before and of the one after the jump that show the same surfaces, or appear to.
        for (List<Pose> poses : List.of(route.poses(), appearance.poses())) {
            for (int a = i - 1; a >= 0 && (a == i - 1 || numbers[a] + 1 == numbers[a + 1]); a--) {
                for (int b = i; b < numbers.length && (b == i || numbers[b - 1] + 1 == numbers[b]); b++) {
                    Pose first = poses.get(numbers[a]);
                    Pose second = poses.get(numbers[b]);
                    if (Appearance.share(first, second)) {
                        Pose toSecond =
                                truth(now).compose(truth(numbers[b]).inverse()).compose(second);
                        Pose toFirst = truth(before)
                                .compose(truth(numbers[a]).inverse())
                                .compose(first);
                        return toSecond.compose(toFirst.inverse());
                    }
                }
            }
        }
        return new Pose(rotation(random, GUESS_ROTATION), gaussian(random).times(GUESS_TRANSLATION));
    }

    private Pose truth(int number) {
        return route.camera(number).pose();
    }

    private ScalarMap depth(ScalarMap truth, ScalarMap deviations, double scale, double phase, Random random) {
        float[] values = new float[truth.values().length];
        for (int p = 0; p < values.length; p++) {
            double z = truth.values()[p];
            double bias = errors.bias * Math.sin(2 * Math.PI * z / BIAS_WAVELENGTH + phase);
            double noise = errors.noise * deviations.values()[p] * random.nextGaussian();
            values[p] = (float) (z * scale * Math.exp(bias + noise));
        }
        return new ScalarMap(truth.width(), truth.height(), values);
    }

    /** Returns the standard deviation of each pixel relative to the median one: larger far away and in some stripes. */
    private static ScalarMap deviations(ScalarMap depth) {
        float[] values = new float[depth.values().length];
        for (int p = 0; p < values.length; p++) {
            double stripe = p % depth.width() * 4 / depth.width() % 2 == 0 ? 0.5 : 1.5;
            values[p] = (float) (stripe * (0.5 + 0.15 * depth.values()[p]));
        }
        return new ScalarMap(depth.width(), depth.height(), values);
    }

    private static ScalarMap confidence(ScalarMap deviations) {
        float[] values = new float[deviations.values().length];
        for (int p = 0; p < values.length; p++) {
            values[p] = 1 + 1 / deviations.values()[p];
        }
        return new ScalarMap(deviations.width(), deviations.height(), values);
    }

    private static Vec3 gaussian(Random random) {
        return new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
    }

    /** Returns a small random rotation. */
    private static Mat3 rotation(Random random, double angle) {
        Vec3 half = gaussian(random).times(angle / 2);
        return new Quaternion(half.x(), half.y(), half.z(), 1).toMatrix();
    }
}
