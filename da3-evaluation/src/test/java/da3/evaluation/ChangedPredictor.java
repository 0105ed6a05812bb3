package da3.evaluation;

import java.util.function.UnaryOperator;

/**
 * A predictor whose predictions are those of another one, changed.
 *
 * @param predictor the other predictor
 * @param change what is changed
 */
public record ChangedPredictor(Predictor predictor, UnaryOperator<PredictedScene> change) implements Predictor {

    @Override
    public String name() {
        return "changed";
    }

    @Override
    public String description() {
        return predictor.description() + ", changed";
    }

    @Override
    public boolean takesCameras() {
        return predictor.takesCameras();
    }

    @Override
    public boolean answers(SceneRequest request) {
        return predictor.answers(request);
    }

    @Override
    public PredictedScene predict(SceneRequest request) {
        return change.apply(predictor.predict(request));
    }
}
