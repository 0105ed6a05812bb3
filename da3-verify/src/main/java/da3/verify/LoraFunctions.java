package da3.verify;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.nn.Activation;
import da3.nn.LoraUpdate;
import da3.nn.Parameter;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.WeightSource;
import da3.nn.WeightsException;
import da3.nn.autograd.AutogradEngine;
import da3.nn.autograd.Gradients;
import da3.train.lora.LoraMerge;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Recomputes the case of a low-rank update of one matrix: the merged matrix, both products, and gradients. */
final class LoraFunctions {

    private static final String MODULE = "lora";
    private static final String WEIGHT = "weight";
    private static final String BIAS = "bias";
    private static final String MERGED = "merged";

    private final EngineOptions options;

    private LoraFunctions(EngineOptions options) {
        this.options = options;
    }

    static Map<String, FunctionCase> byName(EngineOptions options) {
        return Map.of("lora_merge", new LoraFunctions(options)::merge);
    }

    private Map<String, GoldenTensor> merge(GoldenCase golden) throws IOException {
        int rank = golden.params().path("rank").asInt();
        double scale = golden.params().path("alpha").asDouble() / rank;
        GoldenTensor weight = golden.tensor("in.weight"); // (out, in)
        float[] a = golden.tensor("in.lora_a").floats(); // (rank, in)
        float[] b = golden.tensor("in.lora_b").floats(); // (out, rank)
        float[] merged = LoraMerge.merged(weight.floats(), a, b, rank, scale);
        float[] diagonal = new float[rank * rank];
        for (int i = 0; i < rank; i++) {
            diagonal[i * rank + i] = (float) scale;
        }
        Matrices matrices = new Matrices(new HashMap<>(Map.of(
                LoraUpdate.nameOfA(MODULE),
                a,
                LoraUpdate.nameOfB(MODULE),
                b,
                LoraUpdate.nameOfScale(MODULE),
                diagonal,
                WEIGHT,
                weight.floats(),
                BIAS,
                golden.tensor("in.bias").floats(),
                MERGED,
                merged)));
        Map<String, GoldenTensor> named = new LinkedHashMap<>();
        named.put("out.merged", GoldenTensor.of(merged, weight.shape()));
        try (AutogradEngine engine =
                AutogradEngine.recording(Engines.create(options), name -> name.contains(".lora_"), false)) {
            int in = weight.size(1);
            int out = weight.size(0);
            LoraUpdate update = new LoraUpdate(engine, matrices, MODULE, rank, in, out);
            Parameter frozen = engine.parameter(matrices, WEIGHT, Parameter.Role.LINEAR, out, in);
            Parameter whole = engine.parameter(matrices, MERGED, Parameter.Role.LINEAR, out, in);
            Parameter bias = engine.parameter(matrices, BIAS, Parameter.Role.PLAIN, out);
            GoldenTensor x = golden.tensor("in.x"); // (rows, in)
            float[] cotangent = golden.tensor("in.cotangent").floats(); // (rows, out)
            engine.run(() -> {
                try (Scope scope = engine.scope()) {
                    Tensor input = engine.input(x.floats(), x.size(0), in);
                    Tensor y = update.linear(input, frozen, bias, Activation.NONE);
                    Tensor yMerged = engine.linear(input, whole, bias, Activation.NONE);
                    named.put("out.y", GoldenTensor.of(engine.download(y), x.size(0), out));
                    named.put("out.y_merged", GoldenTensor.of(engine.download(yMerged), x.size(0), out));
                    gradients(named, engine, input, engine.backward(Map.of(y, cotangent)));
                }
                return null;
            });
        }
        return named;
    }

    private static void gradients(
            Map<String, GoldenTensor> named, AutogradEngine engine, Tensor input, Gradients gradients) {
        float[] ofInput = engine.engine().download(gradients.get(input));
        named.put("out.grad.x", GoldenTensor.of(ofInput, ofInput.length));
        for (Parameter parameter : engine.trained()) {
            float[] gradient = gradients.values(parameter);
            if (parameter.name().equals(LoraUpdate.nameOfA(MODULE))) {
                named.put("out.grad.lora_a", GoldenTensor.of(gradient, gradient.length));
            } else if (parameter.name().equals(LoraUpdate.nameOfB(MODULE))) {
                named.put("out.grad.lora_b", GoldenTensor.of(gradient, gradient.length));
            }
        }
    }

    /** Matrices in memory, by name. */
    private record Matrices(Map<String, float[]> values) implements WeightSource {

        @Override
        public boolean has(String name) {
            return values.containsKey(name);
        }

        @Override
        public void require(String name, int... shape) {
            int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            if (!has(name) || values.get(name).length != size) {
                throw new WeightsException(name + " must have shape " + Arrays.toString(shape) + ", got "
                        + (has(name) ? values.get(name).length + " values" : "none"));
            }
        }

        @Override
        public void read(String name, int[] shape, FloatBuffer into) {
            require(name, shape);
            into.put(values.get(name));
        }

        @Override
        public String description() {
            return "the matrices of the case";
        }

        @Override
        public void close() {}
    }
}
