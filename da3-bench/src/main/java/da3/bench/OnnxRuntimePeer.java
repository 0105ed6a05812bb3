package da3.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import da3.core.ProcessMemory;
import da3.geometry.check.Check;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Times ONNX Runtime on an exported model and prints median and best seconds and the peak resident GB.
 *
 * <p>A run takes random images and copies all outputs to the Java heap. The session has all graph optimizations; loading
 * and the runs before the timed ones are not timed.
 */
public final class OnnxRuntimePeer implements AutoCloseable {

    private static final String IMAGES = "images";

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final long[] shape;
    private final float[] images;

    OnnxRuntimePeer(Path model, int threads) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            this.session = environment.createSession(model.toString(), options);
        }
        this.shape = ((TensorInfo) session.getInputInfo().get(IMAGES).getInfo()).getShape();
        this.images = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
        Random random = new Random(7);
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
    }

    /**
     * @param arguments the ONNX file, the number of timed runs, the number of threads, and the seconds of untimed runs
     * @throws IllegalArgumentException unless there are four arguments
     */
    public static void main(String[] arguments) throws OrtException {
        if (arguments.length != 4) {
            throw Check.invalid("arguments", "MODEL.onnx REPEATS THREADS SECONDS", Arrays.toString(arguments));
        }
        try (OnnxRuntimePeer peer = new OnnxRuntimePeer(Path.of(arguments[0]), Integer.parseInt(arguments[2]))) {
            double[] seconds = peer.time(Integer.parseInt(arguments[1]), Double.parseDouble(arguments[3]));
            System.out.printf(
                    Locale.ROOT,
                    "%.4f %.4f %.3f%n",
                    seconds[seconds.length / 2],
                    seconds[0],
                    ProcessMemory.peak().orElseThrow() / 1e9);
        }
    }

    /**
     * Returns the seconds of runs in ascending order.
     *
     * @param warmUp seconds of the runs before, at least one run
     */
    double[] time(int repeats, double warmUp) throws OrtException {
        long begin = System.nanoTime();
        do {
            run();
        } while (System.nanoTime() - begin < 1e9 * warmUp);
        double[] seconds = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            long start = System.nanoTime();
            run();
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds;
    }

    /**
     * Runs the model and returns its depth.
     *
     * @throws IllegalStateException if a depth is not positive and finite
     */
    float[] run() throws OrtException {
        float[] depth = null;
        try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), shape);
                OrtSession.Result result = session.run(Map.of(IMAGES, input))) {
            for (Map.Entry<String, OnnxValue> output : result) {
                float[] values = values((OnnxTensor) output.getValue());
                depth = output.getKey().equals("depth") ? values : depth;
            }
        }
        for (float value : depth) {
            if (!(value > 0 && value < Float.POSITIVE_INFINITY)) {
                throw new IllegalStateException(Check.message("depth", "positive and finite", value));
            }
        }
        return depth;
    }

    private static float[] values(OnnxTensor tensor) {
        FloatBuffer buffer = tensor.getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
