package da3.nn;

import static da3.nn.EngineUnderTest.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.nn.autograd.AutogradEngine;
import da3.nn.autograd.DifferentiableEngine;
import da3.nn.autograd.Gradients;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A network with low-rank updates is compared with the same network with merged weights. */
class LoraUpdateTest {

    private static final int RANK = 3;
    private static final float SCALE = 1.5f;
    private static final String WEIGHT = "model.backbone.pretrained.blocks.1.%s.weight";
    private static final Set<String> MODULES = Set.of("attn.qkv", "attn.proj", "mlp.fc1", "mlp.fc2");

    /** Weights with updates, or with the same updates merged. */
    private record Updated(WeightSource base, boolean merged) implements WeightSource {

        private static boolean isUpdated(String name) {
            return MODULES.stream().anyMatch(module -> name.equals(WEIGHT.formatted(module)));
        }

        static float[] matrix(String name, int size) {
            float[] values = random(name.hashCode(), size);
            for (int i = 0; i < size; i++) {
                values[i] *= 0.1f;
            }
            return values;
        }

        @Override
        public OptionalInt updateRank(String weight) {
            return !merged && isUpdated(weight) ? OptionalInt.of(RANK) : OptionalInt.empty();
        }

        @Override
        public boolean has(String name) {
            return name.contains(".lora_") || base.has(name);
        }

        @Override
        public void require(String name, int... shape) {
            if (!name.contains(".lora_")) {
                base.require(name, shape);
            }
        }

        @Override
        public void read(String name, int[] shape, FloatBuffer into) {
            int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            if (name.endsWith(".lora_scale")) {
                for (int i = 0; i < size; i++) {
                    into.put(i % (RANK + 1) == 0 ? SCALE : 0);
                }
                return;
            }
            if (name.contains(".lora_")) {
                into.put(matrix(name, size));
                return;
            }
            float[] values = new float[size];
            base.read(name, shape, FloatBuffer.wrap(values));
            if (merged && isUpdated(name)) {
                String module = name.substring(0, name.length() - ".weight".length());
                float[] a = matrix(LoraUpdate.nameOfA(module), RANK * shape[1]);
                float[] b = matrix(LoraUpdate.nameOfB(module), shape[0] * RANK);
                for (int i = 0; i < size; i++) {
                    for (int r = 0; r < RANK; r++) {
                        values[i] += SCALE * b[i / shape[1] * RANK + r] * a[r * shape[1] + i % shape[1]];
                    }
                }
            }
            into.put(values);
        }

        @Override
        public String description() {
            return "weights with updates";
        }

        @Override
        public void close() {}
    }

    private record Pass(float[] depth, Map<String, float[]> gradients, Map<String, int[]> shapes) {}

    private static Pass pass(boolean merged) {
        NetworkConfig config = SmallNetworks.anyView();
        WeightSource weights = new Updated(new SeededWeights(3), merged);
        DifferentiableEngine computes = (DifferentiableEngine) EngineUnderTest.open(2);
        try (AutogradEngine engine = new AutogradEngine(
                computes,
                merged ? Updated::isUpdated : name -> name.contains(".lora_A") || name.contains(".lora_B"),
                false)) {
            Network network = new Network(engine, weights, "model", config);
            return engine.run(() -> {
                try (Scope scope = engine.scope()) {
                    Tensor image = engine.upload(random(5, 2 * 3 * 28 * 42), 2, 3, 28, 42);
                    Tensor depth = network.tensors(image, null, 1, Set.of(Output.DEPTH), Set.of(), Set.of())
                            .depth();
                    float[] values = engine.download(depth);
                    Gradients gradients = engine.backward(Map.of(depth, random(6, values.length)));
                    Map<String, float[]> byName = new TreeMap<>();
                    Map<String, int[]> shapes = new LinkedHashMap<>();
                    engine.trained().forEach(p -> {
                        byName.put(p.name(), gradients.values(p));
                        shapes.put(p.name(), p.shape());
                    });
                    return new Pass(values, byName, shapes);
                }
            });
        }
    }

    @Test
    void outputsAndGradientsAreThoseOfTheMergedWeights() {
        Pass updated = pass(false);
        Pass merged = pass(true);
        requireClose(updated.depth(), merged.depth());
        assertThat(updated.gradients()).hasSize(2 * MODULES.size());
        for (String module : MODULES) {
            String name = WEIGHT.formatted(module);
            String path = name.substring(0, name.length() - ".weight".length());
            float[] dw = merged.gradients().get(name); // (out, in)
            int out = merged.shapes().get(name)[0];
            int in = merged.shapes().get(name)[1];
            float[] a = Updated.matrix(LoraUpdate.nameOfA(path), RANK * in);
            float[] b = Updated.matrix(LoraUpdate.nameOfB(path), out * RANK);
            float[] da = new float[RANK * in];
            float[] db = new float[out * RANK];
            for (int i = 0; i < dw.length; i++) {
                for (int r = 0; r < RANK; r++) {
                    da[r * in + i % in] += SCALE * b[i / in * RANK + r] * dw[i];
                    db[i / in * RANK + r] += SCALE * a[r * in + i % in] * dw[i];
                }
            }
            requireClose(updated.gradients().get(LoraUpdate.nameOfA(path)), da);
            requireClose(updated.gradients().get(LoraUpdate.nameOfB(path)), db);
        }
    }

    private static void requireClose(float[] actual, float[] expected) {
        double norm = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            norm += (double) expected[i] * expected[i];
            difference += Math.pow((double) actual[i] - expected[i], 2);
        }
        assertThat(norm).isPositive();
        assertThat(Math.sqrt(difference / norm)).isCloseTo(0, within(1e-4));
    }
}
