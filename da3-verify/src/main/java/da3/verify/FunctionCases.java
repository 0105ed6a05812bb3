package da3.verify;

import da3.core.EngineOptions;
import da3.nn.Engine;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the implementation of a function case. */
final class FunctionCases {

    private FunctionCases() {}

    /** Returns the implementation whose key is a prefix of the function name; empty if this project has none. */
    static Optional<FunctionCase> of(GoldenCase golden, Engine engine, EngineOptions options) {
        return Stream.of(
                        CameraFunctions.byName(),
                        GaussianFunctions.byName(),
                        DepthFunctions.byName(),
                        NetworkFunctions.byName(engine),
                        InputFunctions.byName(),
                        ExportFunctions.byName(),
                        ColmapFunctions.byName(),
                        TrajectoryFunctions.byName(),
                        BenchmarkFunctions.byName(),
                        StreamingFunctions.byName(),
                        TrainingFunctions.byName(options),
                        LoraFunctions.byName(options),
                        TeacherFunctions.byName())
                .flatMap(functions -> functions.entrySet().stream())
                .filter(function -> golden.function().startsWith(function.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
