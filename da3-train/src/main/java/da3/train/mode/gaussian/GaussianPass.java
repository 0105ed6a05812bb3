package da3.train.mode.gaussian;

import da3.nn.Network;
import da3.nn.NetworkTensors;
import da3.nn.Output;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.autograd.AutogradEngine;
import da3.train.config.GaussianGeometry;
import da3.train.config.GaussianSettings;
import da3.train.data.Batch;
import da3.train.mode.TrainingPass;
import da3.train.objective.GaussianLoss;
import da3.train.objective.GaussianObjective;
import da3.train.objective.GaussianPrediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The forward pass of a network on the input views of each scene, the objective of its Gaussian head on the held-out
 * views, and the backward pass. Depth and cameras are constants, so only parameters that affect the output of the
 * Gaussian head get gradients.
 */
final class GaussianPass implements TrainingPass<List<PlacedGaussians>> {

    private final AutogradEngine engine;
    private final Network network;
    private final GaussianObjective objective;
    private final GaussianSettings settings;
    private final Set<Output> outputs;

    /** @param network built on {@code engine}, with a Gaussian head */
    GaussianPass(AutogradEngine engine, Network network, GaussianObjective objective, GaussianSettings settings) {
        this.engine = engine;
        this.network = network;
        this.objective = objective;
        this.settings = settings;
        this.outputs = EnumSet.of(Output.DEPTH, Output.GAUSSIANS);
        if (settings.geometry() == GaussianGeometry.PREDICTED) {
            outputs.add(Output.CAMERA);
        }
    }

    @Override
    public <T> T gradients(Batch batch, long step, Receiver<T> receiver) {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                List<HeldOutViews> scenes = split(batch);
                NetworkTensors out = forward(scenes, batch.posed());
                Map<String, Double> terms = new LinkedHashMap<>();
                float[] gradient = evaluate(place(scenes, out), terms);
                Map<Tensor, float[]> byOutput = new IdentityHashMap<>();
                byOutput.put(out.gaussians(), gradient);
                return receiver.receive(terms, engine.backward(byOutput));
            }
        });
    }

    @Override
    public List<PlacedGaussians> predict(Batch batch) {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                List<HeldOutViews> scenes = split(batch);
                return place(scenes, forward(scenes, batch.posed()));
            }
        });
    }

    private List<HeldOutViews> split(Batch batch) {
        return batch.scenes().stream()
                .map(scene -> HeldOutViews.of(scene, settings.heldOut()))
                .toList();
    }

    private NetworkTensors forward(List<HeldOutViews> scenes, boolean posed) {
        Batch inputs = new Batch(scenes.stream().map(HeldOutViews::inputs).toList(), posed);
        int images = scenes.size() * inputs.views();
        Tensor image = engine.upload(inputs.images(), images, 3, inputs.rows(), inputs.columns());
        Tensor given = posed ? engine.upload(inputs.poseEncodings(), images, 9) : null;
        return network.tensors(image, given, scenes.size(), outputs, Set.of(), Set.of());
    }

    private List<PlacedGaussians> place(List<HeldOutViews> scenes, NetworkTensors out) {
        float[] head = engine.download(out.gaussians());
        float[] depth = depth(out.depth());
        float[] cameras = out.camera() == null ? new float[0] : engine.download(out.camera());
        int count = scenes.size();
        List<PlacedGaussians> placed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            HeldOutViews scene = scenes.get(i);
            GaussianPlacement geometry = GaussianPlacement.of(
                    settings.geometry(), scene.inputs(), part(depth, i, count), part(cameras, i, count));
            GaussianPrediction prediction =
                    new GaussianPrediction(part(head, i, count), geometry.depths(), geometry.cameras());
            placed.add(new PlacedGaussians(scene.inputs(), prediction, scene.targets(geometry)));
        }
        return placed;
    }

    /** Downloads depth without its confidence. */
    private float[] depth(Tensor tensor) {
        float[] values = engine.download(tensor);
        int channels = tensor.size(3);
        float[] depth = new float[values.length / channels];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = values[i * channels];
        }
        return depth;
    }

    private static float[] part(float[] values, int index, int count) {
        int size = values.length / count;
        return Arrays.copyOfRange(values, index * size, (index + 1) * size);
    }

    /**
     * Returns the gradient of the mean loss of all scenes with respect to the output of the head.
     *
     * @param terms receives the means of the terms
     */
    private float[] evaluate(List<PlacedGaussians> scenes, Map<String, Double> terms) {
        double share = 1.0 / scenes.size();
        int size = scenes.get(0).prediction().head().length;
        float[] gradient = new float[scenes.size() * size];
        double total = 0;
        for (int i = 0; i < scenes.size(); i++) {
            PlacedGaussians scene = scenes.get(i);
            GaussianLoss loss = objective.evaluate(scene.prediction(), scene.targets());
            loss.terms().forEach((name, value) -> terms.merge(name, share * value, Double::sum));
            total += share * loss.total();
            for (int j = 0; j < size; j++) {
                gradient[i * size + j] = (float) (share * loss.head()[j]);
            }
        }
        terms.put("total", total);
        return gradient;
    }
}
