package da3.nn;

import da3.nn.shape.OperationMemory;
import da3.nn.shape.ShapeEngine;
import da3.nn.shape.ShapeOnlyWeights;
import java.util.EnumSet;
import java.util.Set;

/**
 * The peak native memory of a network in bytes, from running it on an engine without values.
 *
 * @param weights parameters that the request uses; they stay allocated
 * @param activations peak of all other tensors, released after the call except for a reserve
 */
public record NetworkMemory(long weights, long activations) {

    /**
     * Runs the network of a configuration without values. Outputs and cameras that it does not support are ignored, and
     * so is the reference view strategy, which does not affect memory.
     *
     * @param height height of the processed images in pixels
     * @param width width of the processed images in pixels
     * @param hasCameras whether cameras are given
     * @param operations the memory of the operations of the engine that the network will run on
     */
    public static NetworkMemory of(
            NetworkConfig config,
            NetworkRequest request,
            int views,
            int height,
            int width,
            boolean hasCameras,
            OperationMemory operations) {
        try (ShapeEngine engine = new ShapeEngine(operations)) {
            Network network = new Network(engine, new ShapeOnlyWeights(), "model", config);
            Set<Output> outputs = EnumSet.noneOf(Output.class);
            request.outputs().stream().filter(network::has).forEach(outputs::add);
            NetworkRequest supported = new NetworkRequest(
                    outputs, ReferenceViewStrategy.FIRST, request.featureLayers(), request.viewsPerChunk(), false);
            network.dryRun(
                    views, height, width, hasCameras && config.cameraEncoder().isPresent(), supported);
            return new NetworkMemory(engine.weightBytes(), engine.peakBytes());
        }
    }
}
