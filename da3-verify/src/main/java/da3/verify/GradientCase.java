package da3.verify;

import da3.core.EngineOptions;
import da3.geometry.PoseEncoding;
import da3.nn.Network;
import da3.nn.NetworkTensors;
import da3.nn.Output;
import da3.nn.Parameter;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.autograd.AutogradEngine;
import da3.nn.autograd.Gradients;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Recomputes a gradient case: the outputs of the network, and the gradients of all parameters and of the image. */
final class GradientCase {

    private final GoldenCase golden;
    private final int views;
    private final int height;
    private final int width;
    private final Map<String, GoldenTensor> named = new LinkedHashMap<>();

    private GradientCase(GoldenCase golden) throws IOException {
        GoldenTensor image = golden.tensor("in.image");
        this.golden = golden;
        this.views = image.size(1);
        this.height = image.size(3);
        this.width = image.size(4);
    }

    /**
     * Returns all tensors that a run computes, by name.
     *
     * @throws IllegalArgumentException if the engine has no backward pass
     */
    static Map<String, GoldenTensor> compute(GoldenCase golden, EngineOptions options) throws IOException {
        GradientCase gradient = new GradientCase(golden);
        try (RecordingNetwork recording = RecordingNetwork.open(golden, options)) {
            AutogradEngine engine = recording.engine();
            engine.run(() -> {
                try (Scope scope = engine.scope()) {
                    gradient.run(engine, recording.network());
                }
                return null;
            });
        }
        return gradient.named;
    }

    private void run(AutogradEngine engine, Network network) throws IOException {
        Tensor image = engine.input(golden.tensor("in.image").floats(), views, 3, height, width);
        Tensor cameras = golden.cameras()
                .map(given -> engine.upload(PoseEncoding.ofAll(given, height, width), views, PoseEncoding.LENGTH))
                .orElse(null);
        NetworkTensors out = network.tensors(image, cameras, 1, outputs(), Set.of(), Set.of());
        Map<Tensor, float[]> cotangents = new LinkedHashMap<>();
        if (golden.has("in.cotangent.depth_conf")) {
            cotangents.put(out.depth(), pair(engine, out.depth(), "depth", "depth_conf", GradientCase::plusOne));
        } else {
            cotangents.put(out.depth(), single(engine, out.depth(), "depth"));
        }
        if (out.sky() != null) {
            cotangents.put(out.sky(), single(engine, out.sky(), "sky"));
        }
        if (out.rays() != null) {
            cotangents.put(out.rays(), pair(engine, out.rays(), "ray", "ray_conf", GradientCase::expPlusOne));
        }
        if (out.camera() != null) {
            cotangents.put(out.camera(), single(engine, out.camera(), "pose_enc"));
        }
        if (out.gaussians() != null) {
            cotangents.put(
                    out.gaussians(), pair(engine, out.gaussians(), "raw_gs", "raw_gs_conf", GradientCase::sigmoid));
        }
        Gradients gradients = engine.backward(cotangents);
        put("out.grad.in.image", engine.engine().download(gradients.get(image)));
        for (Parameter parameter : engine.trained()) {
            float[] gradient = gradients.values(parameter);
            if (gradient != null) {
                put("out.grad." + parameter.name(), gradient);
            }
        }
    }

    private Set<Output> outputs() {
        Set<Output> outputs = EnumSet.of(Output.DEPTH);
        if (golden.has("in.cotangent.ray")) {
            outputs.add(Output.RAYS);
        }
        if (golden.has("in.cotangent.pose_enc")) {
            outputs.add(Output.CAMERA);
        }
        if (golden.has("in.cotangent.raw_gs")) {
            outputs.add(Output.GAUSSIANS);
        }
        return outputs;
    }

    private float[] single(AutogradEngine engine, Tensor output, String name) throws IOException {
        put("out." + name, engine.download(output));
        return golden.tensor("in.cotangent." + name).floats();
    }

    /** The activation of a raw channel and its derivative. */
    private record Activated(double value, double derivative) {}

    private interface Activation {
        Activated of(double raw);
    }

    private static Activated plusOne(double raw) {
        return new Activated(raw + 1, 1);
    }

    private static Activated expPlusOne(double raw) {
        return new Activated(Math.exp(raw) + 1, Math.exp(raw));
    }

    private static Activated sigmoid(double raw) {
        double s = 1 / (1 + Math.exp(-raw));
        return new Activated(s, s * (1 - s));
    }

    /**
     * Stores both outputs of a tensor whose last channel is a second output, and returns the cotangent of the tensor.
     */
    private float[] pair(AutogradEngine engine, Tensor output, String main, String last, Activation activation)
            throws IOException {
        int channels = output.size(-1);
        float[] raw = engine.download(output);
        float[] mainCotangent = golden.tensor("in.cotangent." + main).floats();
        float[] lastCotangent = golden.tensor("in.cotangent." + last).floats();
        float[] mainOut = new float[mainCotangent.length];
        float[] lastOut = new float[lastCotangent.length];
        float[] cotangent = new float[raw.length];
        for (int p = 0; p < lastOut.length; p++) {
            int from = p * channels;
            System.arraycopy(raw, from, mainOut, p * (channels - 1), channels - 1);
            System.arraycopy(mainCotangent, p * (channels - 1), cotangent, from, channels - 1);
            Activated activated = activation.of(raw[from + channels - 1]);
            lastOut[p] = (float) activated.value();
            cotangent[from + channels - 1] = (float) (lastCotangent[p] * activated.derivative());
        }
        put("out." + main, mainOut);
        put("out." + last, lastOut);
        return cotangent;
    }

    private void put(String name, float[] values) throws IOException {
        long[] shape = golden.has(name) ? golden.tensor(name).shape() : new long[] {values.length};
        named.put(name, GoldenTensor.of(values, shape));
    }
}
