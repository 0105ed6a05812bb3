package da3.verify;

import com.fasterxml.jackson.databind.JsonNode;
import da3.core.EngineOptions;
import da3.nn.Network;
import da3.nn.Parameter;
import da3.nn.autograd.AutogradEngine;
import da3.train.mode.student.TrainingStep;
import da3.train.objective.DepthResize;
import da3.train.objective.NormalizedTruth;
import da3.train.objective.StudentLoss;
import da3.train.objective.StudentObjective;
import da3.train.objective.StudentPrediction;
import da3.train.objective.StudentTruth;
import da3.train.objective.StudentWeights;
import da3.train.optimizer.AdamWOptions;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Recomputes training cases: the student objective, and AdamW steps with it. */
final class TrainingFunctions {

    private static final List<String> TERMS = List.of("depth", "ray", "point", "camera", "gradient");
    private static final int HEAD = 8; // number of leading values of each parameter in a case

    private final EngineOptions options;

    private TrainingFunctions(EngineOptions options) {
        this.options = options;
    }

    static Map<String, FunctionCase> byName(EngineOptions options) {
        return Map.of(
                "student_loss",
                TrainingFunctions::studentLoss,
                "optimise_student", // spelled as in the golden cases
                new TrainingFunctions(options)::optimizeStudent);
    }

    private static Map<String, GoldenTensor> studentLoss(GoldenCase golden) throws IOException {
        StudentTruth truth = truth(golden);
        GoldenTensor ray = golden.tensor("in.pred.ray"); // (scenes, views, rayRows, rayColumns, 6)
        int rayRows = ray.size(2);
        int rayColumns = ray.size(3);
        StudentPrediction prediction = new StudentPrediction(
                truth.images(),
                truth.rows(),
                truth.columns(),
                rayRows,
                rayColumns,
                golden.tensor("in.pred.depth").floats(),
                golden.tensor("in.pred.depth_conf").floats(),
                ray.floats(),
                golden.tensor("in.pred.pose_enc").floats());
        StudentLoss loss = new StudentObjective(StudentWeights.defaults(), 1).evaluate(truth, prediction);
        Map<String, GoldenTensor> named = new LinkedHashMap<>();
        loss.terms().forEach((term, value) -> named.put("out.loss." + term, GoldenTensor.of(new double[] {value})));
        named.put("out.loss.total", GoldenTensor.of(new double[] {loss.total()}));
        StudentPrediction gradients = loss.gradients();
        put(named, "out.grad.pred.depth", gradients.depth());
        put(named, "out.grad.pred.depth_conf", gradients.depthConfidence());
        put(named, "out.grad.pred.ray", gradients.ray());
        put(named, "out.grad.pred.pose_enc", gradients.poseEncoding());
        NormalizedTruth normalized = loss.truth();
        named.put("out.scale", GoldenTensor.of(normalized.scale(), normalized.scale().length));
        put(named, "mid.depth", normalized.depth());
        put(named, "mid.ray", normalized.ray());
        put(named, "mid.point", normalized.point());
        put(named, "mid.pose_enc", normalized.poseEncoding());
        byte[] rayMask = new byte[normalized.rayMask().length];
        for (int i = 0; i < rayMask.length; i++) {
            rayMask[i] = (byte) (normalized.rayMask()[i] ? 1 : 0);
        }
        named.put("mid.ray_mask", GoldenTensor.of(rayMask, rayMask.length));
        put(named, "mid.pred.depth_at_ray_resolution", resized(prediction));
        return named;
    }

    private static float[] resized(StudentPrediction prediction) {
        DepthResize resize =
                new DepthResize(prediction.rows(), prediction.columns(), prediction.rayRows(), prediction.rayColumns());
        int rays = prediction.rayRows() * prediction.rayColumns();
        float[] resized = new float[prediction.images() * rays];
        for (int i = 0; i < resized.length; i++) {
            resized[i] = (float) resize.at(
                    prediction.depth(),
                    i / rays * prediction.rows() * prediction.columns(),
                    i / prediction.rayColumns() % prediction.rayRows(),
                    i % prediction.rayColumns());
        }
        return resized;
    }

    private Map<String, GoldenTensor> optimizeStudent(GoldenCase golden) throws IOException {
        try (RecordingNetwork recording = RecordingNetwork.open(golden, options)) {
            return steps(golden, recording.engine(), recording.network());
        }
    }

    private Map<String, GoldenTensor> steps(GoldenCase golden, AutogradEngine engine, Network network)
            throws IOException {
        JsonNode params = golden.params();
        double rate = params.path("learning_rate").asDouble();
        AdamWOptions adamW = new AdamWOptions(
                rate,
                params.path("beta1").asDouble(),
                params.path("beta2").asDouble(),
                params.path("eps").asDouble(),
                params.path("weight_decay").asDouble());
        StudentObjective objective = new StudentObjective(StudentWeights.defaults(), engine.threads());
        TrainingStep step = new TrainingStep(
                engine, network, objective, adamW, params.path("clip_norm").asDouble());
        List<float[]> before = step.values();
        float[] images = golden.tensor("in.image").floats();
        StudentTruth truth = truth(golden);
        int steps = params.path("steps").asInt();
        double[] losses = new double[steps];
        double[] norms = new double[steps];
        double[] terms = new double[steps * TERMS.size()];
        List<float[]> first = step.gradients(images, truth);
        for (int k = 0; k < steps; k++) {
            double factor = params.path("learning_rates").path(k).asDouble() / rate;
            TrainingStep.Result result = step.step(images, truth, factor);
            losses[k] = result.loss().total();
            norms[k] = result.gradientNorm();
            for (int t = 0; t < TERMS.size(); t++) {
                terms[k * TERMS.size() + t] = result.loss().terms().get(TERMS.get(t));
            }
        }
        List<float[]> after = step.values();
        List<Parameter> trained = engine.trained();
        Map<String, GoldenTensor> named = new LinkedHashMap<>();
        named.put("out.loss", GoldenTensor.of(losses, steps));
        named.put("out.gradient_norm", GoldenTensor.of(norms, steps));
        named.put("out.terms", GoldenTensor.of(terms, steps, TERMS.size()));
        for (int i = 0; i < before.size(); i++) {
            if (first.get(i) != null) {
                putParameter(named, trained.get(i), before.get(i), after.get(i), first.get(i));
            }
        }
        return named;
    }

    private static void putParameter(
            Map<String, GoldenTensor> named, Parameter parameter, float[] before, float[] after, float[] gradient) {
        float[] change = new float[after.length];
        for (int i = 0; i < change.length; i++) {
            change[i] = after[i] - before[i];
        }
        String name = parameter.name();
        named.put("out.param_norm." + name, GoldenTensor.of(new double[] {norm(after)}));
        put(named, "out.param_head." + name, Arrays.copyOf(after, Math.min(HEAD, after.length)));
        named.put("out.change_norm." + name, GoldenTensor.of(new double[] {norm(change)}));
        named.put("out.first_gradient_norm." + name, GoldenTensor.of(new double[] {norm(gradient)}));
    }

    private static double norm(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    private static StudentTruth truth(GoldenCase golden) throws IOException {
        GoldenTensor depth = golden.tensor("in.depth"); // (scenes, views, rows, columns)
        int images = depth.size(0) * depth.size(1);
        float[] poses = golden.tensor("in.extrinsics").floats(); // (scenes, views, 4, 4)
        float[] extrinsics = new float[images * 12];
        for (int image = 0; image < images; image++) {
            System.arraycopy(poses, 16 * image, extrinsics, 12 * image, 12);
        }
        GoldenTensor stored = golden.tensor("in.mask");
        boolean[] mask = new boolean[depth.length()];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = stored.at(i) != 0;
        }
        return new StudentTruth(
                depth.size(0),
                depth.size(1),
                depth.size(2),
                depth.size(3),
                depth.floats(),
                mask,
                extrinsics,
                golden.tensor("in.intrinsics").floats());
    }

    private static void put(Map<String, GoldenTensor> named, String name, float[] values) {
        named.put(name, GoldenTensor.of(values, values.length));
    }
}
