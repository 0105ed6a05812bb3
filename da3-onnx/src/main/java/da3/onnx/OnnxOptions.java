package da3.onnx;

import da3.geometry.check.Check;
import da3.nn.Output;
import java.util.Set;

/**
 * A description of an exported model.
 *
 * @param views number of views of an image input
 * @param height height of the images in pixels, a multiple of the patch size
 * @param width width of the images in pixels, a multiple of the patch size
 * @param outputs outputs to compute; empty for all outputs of the model
 * @param cameras whether the model has an input for given cameras
 * @param quantization arithmetic of the linear maps
 * @param overwrite whether existing files may be replaced
 */
public record OnnxOptions(
        int views,
        int height,
        int width,
        Set<Output> outputs,
        boolean cameras,
        Quantization quantization,
        boolean overwrite) {

    /** The arithmetic of the linear maps of tokens. Everything else is computed in float32. */
    public enum Quantization {
        NONE,
        /**
         * Products of 8-bit integers: weights are quantized per output channel when they are written, symmetrically to
         * -127 to 127; tokens at run time, with one scale per tensor.
         */
        DYNAMIC_INT8
    }

    public OnnxOptions {
        Check.positive("views", views);
        Check.positive("height", height);
        Check.positive("width", width);
        outputs = Set.copyOf(outputs);
    }

    /** Returns options for all outputs in float32, without given cameras. */
    public static OnnxOptions of(int views, int height, int width) {
        return new OnnxOptions(views, height, width, Set.of(), false, Quantization.NONE, false);
    }

    public OnnxOptions withOutputs(Set<Output> outputs) {
        return new OnnxOptions(views, height, width, outputs, cameras, quantization, overwrite);
    }

    public OnnxOptions withCameras(boolean cameras) {
        return new OnnxOptions(views, height, width, outputs, cameras, quantization, overwrite);
    }

    public OnnxOptions withQuantization(Quantization quantization) {
        return new OnnxOptions(views, height, width, outputs, cameras, quantization, overwrite);
    }

    public OnnxOptions withOverwrite(boolean overwrite) {
        return new OnnxOptions(views, height, width, outputs, cameras, quantization, overwrite);
    }
}
