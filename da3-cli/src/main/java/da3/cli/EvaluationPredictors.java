package da3.cli;

import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import da3.core.ModelSource;
import da3.evaluation.Predictor;
import da3.evaluation.Suite;
import da3.evaluation.predictor.ConstantPredictor;
import da3.evaluation.predictor.FilePredictor;
import da3.evaluation.predictor.NetworkPredictor;
import da3.evaluation.predictor.OraclePredictor;
import da3.weights.SeededWeights;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The systems that an evaluation scores. */
final class EvaluationPredictors {

    /** The name of the model that predicts the truth. */
    private static final String ORACLE = "oracle";

    @Mixin
    private ModelMixin model = new ModelMixin(null);

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--predictions",
            paramLabel = "DIR",
            description = "Score the results of another system instead of a model: for each scene, a folder with "
                    + "results.npz, a COLMAP model or trajectory_tum.txt.")
    private Path predictions;

    @HelpGroup.In(HelpGroup.PREDICTION)
    @Option(
            names = "--process-res",
            paramLabel = "PIXELS",
            description = "Longer side of the processed images. Default: that of the images of the scene.")
    private Integer resolution;

    @Mixin
    private EngineMixin engine;

    /** Returns the options of the engine. */
    EngineOptions engineOptions() {
        return engine.options();
    }

    /** Throws if neither a model nor a folder of predictions is named. */
    void require(CommandSpec spec) {
        if (model.name() == null && predictions == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--model=MODEL'");
        }
    }

    /**
     * Returns the system under test, followed by those that it is compared with: the same network with untrained weights,
     * if a trained model is tested, and a constant prediction. The caller closes them.
     */
    List<Predictor> open(Suite suite, PrintWriter err) throws IOException {
        List<Predictor> predictors = new ArrayList<>();
        boolean complete = false;
        try {
            if (predictions != null) {
                predictors.add(new FilePredictor(predictions));
            }
            if (ORACLE.equals(model.name())) {
                predictors.add(new OraclePredictor(suite));
            } else if (model.name() != null) {
                predictors.addAll(trainedAndUntrained(err));
            }
            predictors.add(new ConstantPredictor());
            complete = true;
            return predictors;
        } finally {
            if (!complete) {
                predictors.forEach(Predictor::close);
            }
        }
    }

    private List<Predictor> trainedAndUntrained(PrintWriter err) throws IOException {
        ModelSource source = model.open(err);
        String weights = source.weights().description()
                + source.weights().hash().map(hash -> ", " + hash).orElse("");
        Predictor trained = predictor(model.name(), weights, source);
        if (source.weights() instanceof SeededWeights) {
            return List.of(trained);
        }
        boolean complete = false;
        try {
            ModelSource seeded =
                    new ModelSource(new SeededWeights(), source.config(), source.preset(), Optional.empty());
            List<Predictor> both =
                    List.of(trained, predictor("untrained", seeded.weights().description(), seeded));
            complete = true;
            return both;
        } finally {
            if (!complete) {
                trained.close();
            }
        }
    }

    private Predictor predictor(String name, String weights, ModelSource source) {
        OptionalInt side = resolution == null ? OptionalInt.empty() : OptionalInt.of(resolution);
        return new NetworkPredictor(name, weights, DepthAnything3.load(source, engine.options()), side);
    }
}
