package da3.train.run;

import da3.nn.Network;
import da3.nn.NetworkTensors;
import da3.nn.Output;
import da3.nn.Parameter;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.autograd.AutogradEngine;
import da3.nn.autograd.Gradients;
import da3.train.objective.NetworkPrediction;
import da3.train.objective.StudentLoss;
import da3.train.objective.StudentObjective;
import da3.train.objective.StudentTruth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A network's forward pass, the student objective, and the backward pass, on one engine. */
final class StudentPass {

    private static final Set<Output> OUTPUTS = EnumSet.of(Output.DEPTH, Output.RAYS, Output.CAMERA);

    private final AutogradEngine engine;
    private final Network network;
    private final StudentObjective objective;

    /**
     * What a pass found.
     *
     * @param gradients of the total, one array for each parameter asked for; null where none was reached
     */
    record Result(StudentLoss loss, List<float[]> gradients) {}

    /** @param network built on {@code engine} */
    StudentPass(AutogradEngine engine, Network network, StudentObjective objective) {
        this.engine = engine;
        this.network = network;
        this.objective = objective;
    }

    /**
     * Runs forward and backward.
     *
     * @param images (images, 3, rows, columns), normalized
     * @param poseEncodings (images, 9) of given cameras, or null
     * @param parameters whose gradients are asked for
     * @param into for each of them an array of its size, which the result holds if a gradient was reached
     */
    Result gradients(
            float[] images,
            float[] poseEncodings,
            StudentTruth truth,
            List<Parameter> parameters,
            List<float[]> into) {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                NetworkTensors out =
                        forward(images, poseEncodings, truth.scenes(), truth.images(), truth.rows(), truth.columns());
                NetworkPrediction prediction = download(out);
                StudentLoss loss = objective.evaluate(truth, prediction.prediction());
                NetworkPrediction cotangents = NetworkPrediction.cotangents(loss.gradients());
                Map<Tensor, float[]> byOutput = new IdentityHashMap<>();
                byOutput.put(out.depth(), cotangents.depth());
                byOutput.put(out.rays(), cotangents.rays());
                byOutput.put(out.camera(), cotangents.camera());
                Gradients gradients = engine.backward(byOutput);
                List<float[]> values = new ArrayList<>();
                for (int i = 0; i < parameters.size(); i++) {
                    values.add(gradients.values(parameters.get(i), into.get(i)));
                }
                return new Result(loss, values);
            }
        });
    }

    /** Runs forward only; arguments as in {@link #gradients}. */
    NetworkPrediction predict(float[] images, float[] poseEncodings, int scenes, int count, int rows, int columns) {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                return download(forward(images, poseEncodings, scenes, count, rows, columns));
            }
        });
    }

    private NetworkTensors forward(float[] images, float[] poses, int scenes, int count, int rows, int columns) {
        Tensor image = engine.upload(images, count, 3, rows, columns);
        Tensor given = poses == null ? null : engine.upload(poses, count, 9);
        return network.tensors(image, given, scenes, OUTPUTS);
    }

    private NetworkPrediction download(NetworkTensors out) {
        return new NetworkPrediction(
                out.depth().size(0),
                out.depth().size(1),
                out.depth().size(2),
                out.rays().size(1),
                out.rays().size(2),
                engine.download(out.depth()),
                engine.download(out.rays()),
                engine.download(out.camera()));
    }
}
