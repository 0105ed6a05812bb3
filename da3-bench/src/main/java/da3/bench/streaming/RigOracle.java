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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A predictor that knows a drive, with the errors of a network. Each window has its own frame and unit; scale and
 * rotation drift from instant to instant; each camera is misplaced a little; depth has noise and a bias that depends on
 * distance.
 *
 * @param drive the true views
 * @param errors size of the errors
 * @param misplacement standard deviation of each coordinate of a camera center, in meters
 * @param seed seed of all draws
 */
record RigOracle(RigDrive drive, BuildingOracle.Errors errors, double misplacement, long seed)
        implements WindowPredictor {

    /** Wavelength of the bias of depth, in meters. */
    private static final double BIAS_WAVELENGTH = 10;

    @Override
    public String description() {
        return "oracle of a drive";
    }

    @Override
    public Frame prepare(Frame frame) {
        return frame;
    }

    @Override
    public WindowPrediction predict(List<Frame> frames) {
        int count = drive.rig().size();
        long first = frames.get(0).number();
        Random random = new Random(31 * seed + first);
        double scale = Math.exp(errors.unit() * random.nextGaussian());
        double phase = 2 * Math.PI * random.nextDouble();
        Pose pose = new Pose(rotation(random, 1), gaussian(random));
        List<View> views = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            int number = (int) frames.get(i).number();
            int instant = number / count;
            if (i > 0 && number % count == 0) {
                scale *= Math.exp(errors.scaleDrift() * random.nextGaussian());
                Pose motion = drive.instants()
                        .get(instant)
                        .compose(drive.instants().get(instant - 1).inverse());
                Mat3 error = rotation(random, Math.toRadians(errors.rotationDrift()));
                pose = new Pose(
                                error.times(motion.rotation()),
                                motion.translation().times(scale))
                        .compose(pose);
            }
            Pose sensor = drive.rig().cameras().get(number % count).sensorFromRig();
            Vec3 offset = sensor.translation().plus(gaussian(random).times(misplacement));
            Pose camera = sensor.withTranslation(offset.times(scale)).compose(pose);
            View truth = drive.frames().views().get(number);
            views.add(new View(
                    truth.image(),
                    depth(truth.depth(), scale, phase, random),
                    Optional.of(confidence(truth.depth())),
                    Optional.of(new Camera(camera, truth.camera().orElseThrow().intrinsics()))));
        }
        return new WindowPrediction(new Scene(views, Optional.empty(), false), List.of());
    }

    private ScalarMap depth(ScalarMap truth, double scale, double phase, Random random) {
        float[] values = new float[truth.values().length];
        for (int p = 0; p < values.length; p++) {
            double z = truth.values()[p];
            double bias = errors.bias() * Math.sin(2 * Math.PI * z / BIAS_WAVELENGTH + phase);
            values[p] = (float) (z * scale * Math.exp(bias + errors.noise() * random.nextGaussian()));
        }
        return new ScalarMap(truth.width(), truth.height(), values);
    }

    private static ScalarMap confidence(ScalarMap depth) {
        float[] values = new float[depth.values().length];
        Arrays.fill(values, 2);
        return new ScalarMap(depth.width(), depth.height(), values);
    }

    private static Vec3 gaussian(Random random) {
        return new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
    }

    /** Returns a rotation by a small angle about each axis, with this standard deviation. */
    private static Mat3 rotation(Random random, double angle) {
        Vec3 axis = gaussian(random).times(angle / 2);
        return new Quaternion(axis.x(), axis.y(), axis.z(), 1).toMatrix();
    }
}
