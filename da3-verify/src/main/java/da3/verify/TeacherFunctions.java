package da3.verify;

import com.fasterxml.jackson.databind.JsonNode;
import da3.geometry.Intrinsics;
import da3.geometry.math.Vec3;
import da3.train.objective.AlignedImage;
import da3.train.objective.AlignmentGradient;
import da3.train.objective.DepthPoints;
import da3.train.objective.LocalLevel;
import da3.train.objective.NeighborNormals;
import da3.train.objective.PatchAlignment;
import da3.train.objective.PatchAnchors;
import da3.train.objective.TeacherLoss;
import da3.train.objective.TeacherObjective;
import da3.train.objective.TeacherOptions;
import da3.train.objective.TeacherPrediction;
import da3.train.objective.TeacherTruth;
import da3.train.objective.TeacherWeights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Recomputes the training case of the monocular teacher's objective. */
final class TeacherFunctions {

    private final GoldenCase golden;
    private final TeacherTruth truth;
    private final TeacherPrediction prediction;
    private final List<LocalLevel> levels = new ArrayList<>();
    private final List<PatchAnchors> anchors = new ArrayList<>();
    private final Map<String, GoldenTensor> named = new LinkedHashMap<>();

    private TeacherFunctions(GoldenCase golden) throws IOException {
        this.golden = golden;
        GoldenTensor depth = golden.tensor("in.depth"); // (images, rows, columns)
        this.truth = new TeacherTruth(
                depth.size(0),
                depth.size(1),
                depth.size(2),
                depth.floats(),
                flags("in.mask"),
                golden.tensor("in.intrinsics").floats(),
                flags("in.sky"),
                flags("in.object"));
        this.prediction = new TeacherPrediction(
                depth.size(0),
                depth.size(1),
                depth.size(2),
                golden.tensor("in.pred.depth").floats(),
                golden.tensor("in.pred.sky").floats(),
                golden.tensor("in.pred.object").floats());
        JsonNode params = golden.params();
        for (int l = 0; l < params.path("levels").size(); l++) {
            int level = params.path("levels").path(l).asInt();
            int patches = params.path("anchors").path(l).asInt();
            levels.add(new LocalLevel(level, patches, 2 * (truth.rows() + truth.columns()))); // aligns with all pixels
            anchors.add(anchors(level));
        }
    }

    static Map<String, FunctionCase> byName() {
        return Map.of("teacher_loss", golden -> new TeacherFunctions(golden).compute());
    }

    private boolean[] flags(String name) throws IOException {
        GoldenTensor stored = golden.tensor(name);
        boolean[] flags = new boolean[stored.length()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = stored.at(i) != 0;
        }
        return flags;
    }

    private PatchAnchors anchors(int level) throws IOException {
        GoldenTensor stored = golden.tensor("in.anchors." + level); // (images, patches, 2): row, column
        int[] pixels = new int[stored.size(0) * stored.size(1)];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (int) (stored.at(2 * i) * truth.columns() + stored.at(2 * i + 1));
        }
        return new PatchAnchors(stored.size(0), stored.size(1), pixels);
    }

    private Map<String, GoldenTensor> compute() {
        TeacherLoss loss = evaluate(TeacherWeights.defaults(), AlignmentGradient.FLOWING);
        loss.terms().forEach((term, value) -> named.put("out.loss." + term, GoldenTensor.of(new double[] {value})));
        named.put("out.loss.total", GoldenTensor.of(new double[] {loss.total()}));
        putGradients(loss);
        putAlignments(loss.images());
        putNormals(loss.images());
        return named;
    }

    private TeacherLoss evaluate(TeacherWeights weights, AlignmentGradient alignmentGradient) {
        int stride = golden.params().path("align_stride").asInt();
        int grid = (Math.max(truth.rows(), truth.columns()) + stride - 1) / stride;
        TeacherOptions options = new TeacherOptions(weights, grid, levels, alignmentGradient);
        return new TeacherObjective(options, 1).evaluate(truth, prediction, anchors);
    }

    private void putGradients(TeacherLoss loss) {
        float[] depth = loss.gradients().depth();
        float[] logDepth = new float[depth.length];
        for (int i = 0; i < depth.length; i++) {
            logDepth[i] = prediction.depth()[i] * depth[i];
        }
        put("out.grad.total.pred.depth", depth);
        put("out.grad.total.pred.log_depth", logDepth);
        put("out.grad.total.pred.sky", loss.gradients().sky());
        put("out.grad.total.pred.object", loss.gradients().object());
        AlignmentGradient flowing = AlignmentGradient.FLOWING;
        AlignmentGradient detached = AlignmentGradient.DETACHED;
        TeacherWeights globalLocal = new TeacherWeights(0, 1, 0, 0, 0);
        putDepthGradient("out.grad.gradient", evaluate(new TeacherWeights(1, 0, 0, 0, 0), flowing));
        putDepthGradient("out.grad.normal", evaluate(new TeacherWeights(0, 0, 1, 0, 0), flowing));
        putDepthGradient("out.grad.global_local", evaluate(globalLocal, flowing));
        putDepthGradient("out.grad_detached.global_local", evaluate(globalLocal, detached));
        putDepthGradient("out.grad_detached.total", evaluate(TeacherWeights.defaults(), detached));
    }

    private void putDepthGradient(String name, TeacherLoss loss) {
        put(name + ".pred.depth", loss.gradients().depth());
    }

    private void putAlignments(List<AlignedImage> images) {
        named.put(
                "out.scale",
                values(images.stream().mapToDouble(AlignedImage::scale).toArray()));
        named.put(
                "out.shift",
                values(images.stream().mapToDouble(AlignedImage::shift).toArray()));
        for (int l = 0; l < levels.size(); l++) {
            int level = l;
            List<PatchAlignment> patches = images.stream()
                    .flatMap(image -> image.patches().get(level).stream())
                    .toList();
            long[] points = patches.stream().mapToLong(PatchAlignment::points).toArray();
            byte[] used = new byte[patches.size()];
            for (int i = 0; i < used.length; i++) {
                used[i] = (byte) (patches.get(i).used() ? 1 : 0);
            }
            int number = levels.get(l).level();
            named.put("mid.patch_points." + number, GoldenTensor.of(points, points.length));
            named.put("mid.patch_used." + number, GoldenTensor.of(used, used.length));
            named.put(
                    "mid.patch_scale." + number,
                    values(patches.stream().mapToDouble(PatchAlignment::scale).toArray()));
            named.put(
                    "mid.patch_shift." + number,
                    values(patches.stream().mapToDouble(PatchAlignment::shift).toArray()));
        }
    }

    private void putNormals(List<AlignedImage> images) {
        int rows = truth.rows() - 2;
        int columns = truth.columns() - 2;
        byte[] mask = new byte[truth.images() * rows * columns];
        double[] expected = new double[3 * mask.length];
        double[] predicted = new double[3 * mask.length];
        for (int i = 0; i < mask.length; i++) {
            int image = i / (rows * columns);
            int row = i / columns % rows + 1;
            int column = i % columns + 1;
            if (isCenter(image, row, column)) {
                mask[i] = 1;
                putMean(truth.depth(), image, 1, 0, row, column, expected, 3 * i);
                AlignedImage aligned = images.get(image);
                putMean(prediction.depth(), image, aligned.scale(), aligned.shift(), row, column, predicted, 3 * i);
            }
        }
        named.put("mid.centre_mask", GoldenTensor.of(mask, mask.length));
        named.put("mid.mean_normal", values(expected));
        named.put("mid.pred.mean_normal", values(predicted));
    }

    private boolean isCenter(int image, int row, int column) {
        int pixel = (image * truth.rows() + row) * truth.columns() + column;
        boolean[] mask = truth.mask();
        return mask[pixel]
                && mask[pixel - 1]
                && mask[pixel + 1]
                && mask[pixel - truth.columns()]
                && mask[pixel + truth.columns()];
    }

    private void putMean(
            float[] depths, int image, double scale, double shift, int row, int column, double[] into, int offset) {
        int pixels = truth.rows() * truth.columns();
        double[] depth = new double[pixels];
        for (int pixel = 0; pixel < pixels; pixel++) {
            depth[pixel] = scale * depths[image * pixels + pixel] + shift;
        }
        double[] k = new double[9];
        for (int i = 0; i < k.length; i++) {
            k[i] = truth.intrinsics()[9 * image + i];
        }
        DepthPoints points = new DepthPoints(Intrinsics.ofMatrix(k, 0), truth.columns(), depth);
        Vec3 mean = new NeighborNormals(points, row, column).mean();
        into[offset] = mean.x();
        into[offset + 1] = mean.y();
        into[offset + 2] = mean.z();
    }

    private void put(String name, float[] values) {
        named.put(name, GoldenTensor.of(values, values.length));
    }

    private static GoldenTensor values(double[] values) {
        return GoldenTensor.of(values, values.length);
    }
}
