package da3.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs models with ONNX Runtime. */
final class OnnxRun {

    private OnnxRun() {}

    /**
     * Returns all outputs by name.
     *
     * @param inputs values by name, in the shape that the model declares
     */
    static Map<String, float[]> outputs(Path model, Map<String, float[]> inputs) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(2);
            try (OrtSession session = environment.createSession(model.toString(), options)) {
                for (Map.Entry<String, float[]> input : inputs.entrySet()) {
                    tensors.put(
                            input.getKey(),
                            OnnxTensor.createTensor(
                                    environment, FloatBuffer.wrap(input.getValue()), shape(session, input.getKey())));
                }
                Map<String, float[]> outputs = new LinkedHashMap<>();
                try (OrtSession.Result result = session.run(tensors)) {
                    result.forEach(output -> outputs.put(output.getKey(), values((OnnxTensor) output.getValue())));
                }
                return outputs;
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private static long[] shape(OrtSession session, String input) throws OrtException {
        return ((TensorInfo) session.getInputInfo().get(input).getInfo()).getShape();
    }

    private static float[] values(OnnxTensor tensor) {
        FloatBuffer buffer = tensor.getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
