package da3.weights.config;

import da3.nn.Engine;
import da3.nn.ModelConfig;
import da3.nn.Network;
import da3.nn.WeightSource;
import java.lang.reflect.Proxy;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names and shapes of the tensors of a checkpoint, in the order of layers.
 *
 * @param required tensors that the networks read, depending on the requested outputs
 * @param unused further tensors of official checkpoints, which no network reads: the coarser levels of the ray branch
 */
public record Manifest(Map<String, int[]> required, Map<String, int[]> unused) {

    private static final Pattern AUXILIARY = Pattern.compile("(.*\\.output_conv[12]_aux\\.)([0-3])(\\..*)");

    private static final int FINEST = 3;

    /** Returns the manifest of a configuration, by building its networks without reading or computing values. */
    public static Manifest of(ModelConfig config) {
        Declarations declarations = new Declarations();
        Engine engine = (Engine) Proxy.newProxyInstance(
                Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("parametersChange")) {
                        return false;
                    }
                    if (!method.getName().equals("parameter")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return null; // never used, since nothing is computed
                });
        new Network(engine, declarations, config.mainPath(), config.main());
        config.metric().ifPresent(metric -> new Network(engine, declarations, config.metricPath(), metric));
        Map<String, int[]> unused = new LinkedHashMap<>();
        declarations.shapes.forEach((name, shape) -> {
            Matcher auxiliary = AUXILIARY.matcher(name);
            for (int level = 0; auxiliary.matches() && level < FINEST; level++) {
                unused.put(auxiliary.group(1) + level + auxiliary.group(3), shape);
            }
        });
        return new Manifest(Collections.unmodifiableMap(declarations.shapes), Collections.unmodifiableMap(unused));
    }

    /** Returns whether no network reads a tensor of official checkpoints: those above and the mask token of DINOv2. */
    public static boolean isUnused(String name) {
        Matcher auxiliary = AUXILIARY.matcher(name);
        return auxiliary.matches() && Integer.parseInt(auxiliary.group(2)) < FINEST || name.endsWith(".mask_token");
    }

    /** Records the declarations of networks. */
    private static final class Declarations implements WeightSource {
        private final Map<String, int[]> shapes = new LinkedHashMap<>();

        @Override
        public boolean has(String name) {
            return true;
        }

        @Override
        public void require(String name, int... shape) {
            shapes.put(name, shape);
        }

        @Override
        public void read(String name, int[] shape, FloatBuffer into) {
            throw new UnsupportedOperationException("a declaration has no values");
        }

        @Override
        public String description() {
            return "declarations";
        }

        @Override
        public void close() {}
    }
}
