package da3.verify;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.nn.Network;
import da3.nn.WeightSource;
import da3.nn.autograd.AutogradEngine;
import da3.weights.Checkpoint;
import da3.weights.config.ModelConfigJson;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The network of a golden case on an engine that records the gradients of all parameters.
 *
 * @param weights read on the first run of the network
 */
record RecordingNetwork(WeightSource weights, AutogradEngine engine, Network network) implements AutoCloseable {

    /**
     * Opens the checkpoint of a case and builds its network.
     *
     * @throws IllegalArgumentException if the engine has no backward pass
     */
    static RecordingNetwork open(GoldenCase golden, EngineOptions options) throws IOException {
        Path checkpoint =
                golden.folder().resolve(golden.model().path("weights").asText()).normalize();
        WeightSource weights = Checkpoint.open(checkpoint);
        try {
            AutogradEngine engine = AutogradEngine.recording(Engines.create(options), name -> true, false);
            Network network = new Network(
                    engine,
                    weights,
                    "model",
                    ModelConfigJson.read(golden.model().path("config")).main());
            return new RecordingNetwork(weights, engine, network);
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try (weights) {
            engine.close();
        }
    }
}
