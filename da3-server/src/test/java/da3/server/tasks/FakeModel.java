package da3.server.tasks;

import da3.core.InferenceOptions;
import da3.core.InputProcessing;
import da3.core.MemoryCheck;
import da3.core.Prediction;
import da3.core.Provenance;
import da3.core.Request;
import da3.core.ViewPrior;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.nn.ModelConfig;
import da3.nn.Preset;
import da3.nn.Progress;
import da3.streaming.WindowPredictor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** A model that predicts a wall one unit away in every view; tests override single methods. */
public class FakeModel implements ServedModel {

    private static final int SIDE = 14;

    volatile boolean closed;

    @Override
    public ModelConfig config() {
        return Preset.of("da3-small").config();
    }

    @Override
    public String engine() {
        return "imagination";
    }

    @Override
    public MemoryCheck fit(
            List<InputProcessing.Size> images,
            List<ViewPrior> priors,
            InferenceOptions options,
            Optional<MemoryCheck> running) {
        return new MemoryCheck(true, 1, 2, images.size(), 1, 1, "");
    }

    @Override
    public Prediction predict(Request request, Progress progress) {
        for (int block = 1; block <= 12; block++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("cancelled");
            }
            progress.step("backbone", block, 12);
            try {
                between(block);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return prediction(request.images().size());
    }

    /** Called after each block of the network. */
    void between(int block) throws IOException {}

    @Override
    public WindowPredictor windowPredictor(String name, InferenceOptions options) {
        return new FakeWindows();
    }

    @Override
    public void close() {
        closed = true;
    }

    static Prediction prediction(int views) {
        float[] ones = new float[SIDE * SIDE];
        Arrays.fill(ones, 1);
        float[] confidence = new float[SIDE * SIDE];
        for (int i = 0; i < confidence.length; i++) {
            confidence[i] = 1 + i;
        }
        View view = new View(
                new Image(SIDE, SIDE, new byte[3 * SIDE * SIDE]),
                new ScalarMap(SIDE, SIDE, ones),
                Optional.of(new ScalarMap(SIDE, SIDE, confidence)),
                Optional.of(new Camera(Pose.IDENTITY, new Intrinsics(10, 11, 7, 6))));
        return new Prediction(
                new Scene(Collections.nCopies(views, view), Optional.empty(), false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                0,
                Collections.nCopies(views, 1.0),
                true,
                List.of("the wall is imagined"),
                new Provenance("none", Optional.empty(), Optional.empty(), SIDE, "none", "none", 1, 0, "0"));
    }
}
