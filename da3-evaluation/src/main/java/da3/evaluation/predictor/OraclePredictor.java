package da3.evaluation.predictor;

import da3.evaluation.EvaluationScene;
import da3.evaluation.PredictedScene;
import da3.evaluation.Predictor;
import da3.evaluation.SceneRequest;
import da3.evaluation.Suite;
import da3.geometry.View;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** A predictor that returns the truth, which shows the best scores that a suite allows. */
public final class OraclePredictor implements Predictor {

    private final Suite suite;
    private EvaluationScene scene; // the last one; null at first

    /**
     * Creates an oracle.
     *
     * @param suite the suite that is evaluated
     */
    public OraclePredictor(Suite suite) {
        this.suite = suite;
    }

    @Override
    public String name() {
        return "oracle";
    }

    @Override
    public String description() {
        return "the truth";
    }

    @Override
    public boolean takesCameras() {
        return true;
    }

    @Override
    public boolean answers(SceneRequest request) {
        return !request.hasUnrelated();
    }

    @Override
    public PredictedScene predict(SceneRequest request) {
        EvaluationScene truth = scene(request.scene());
        List<View> views = request.views().stream().map(truth.views()::get).toList();
        return new PredictedScene(views, Optional.empty(), truth.metric(), Optional.empty());
    }

    private EvaluationScene scene(String id) {
        if (scene == null || !scene.id().equals(id)) {
            try {
                scene = suite.load(id);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return scene;
    }
}
