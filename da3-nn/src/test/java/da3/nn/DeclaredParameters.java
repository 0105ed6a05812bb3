package da3.nn;

import da3.nn.shape.ShapeEngine;
import da3.nn.shape.ShapeOnlyWeights;
import java.util.Map;
import java.util.stream.Collectors;

/** The parameters that networks declare when they are built. */
final class DeclaredParameters {

    private DeclaredParameters() {}

    /** Returns shapes by name; fails if a name is declared twice. */
    static Map<String, int[]> of(ModelConfig config) {
        try (ShapeEngine engine = new ShapeEngine(() -> Precision.FLOAT32)) {
            new Network(engine, new ShapeOnlyWeights(), config.mainPath(), config.main());
            config.metric()
                    .ifPresent(metric -> new Network(engine, new ShapeOnlyWeights(), config.metricPath(), metric));
            return engine.parameters().stream().collect(Collectors.toMap(Parameter::name, Parameter::shape));
        }
    }
}
