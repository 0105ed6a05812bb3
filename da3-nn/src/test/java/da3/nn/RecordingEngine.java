package da3.nn;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;

/** An engine that only records the shapes of declared parameters by name. */
final class RecordingEngine {

    private record Declared(String name, int[] shape) implements Parameter {}

    private final Map<String, int[]> shapes = new LinkedHashMap<>();
    private final Engine engine = (Engine) Proxy.newProxyInstance(
            Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, (proxy, method, args) -> {
                if (method.getName().equals("parametersChange")) {
                    return false;
                }
                if (!method.getName().equals("parameter")) {
                    throw new UnsupportedOperationException(method.getName());
                }
                Declared parameter = new Declared((String) args[1], (int[]) args[3]);
                if (shapes.put(parameter.name(), parameter.shape()) != null) {
                    throw new IllegalStateException(parameter.name() + " was declared twice");
                }
                return parameter;
            });

    Engine engine() {
        return engine;
    }

    /** Returns the parameters that a model declares. */
    static Map<String, int[]> declared(ModelConfig config) {
        RecordingEngine recording = new RecordingEngine();
        WeightSource weights = new SeededWeights(0);
        new Network(recording.engine, weights, config.mainPath(), config.main());
        config.metric().ifPresent(metric -> new Network(recording.engine, weights, config.metricPath(), metric));
        return recording.shapes;
    }
}
