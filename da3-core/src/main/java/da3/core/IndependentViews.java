package da3.core;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.geometry.depth.SparseDepthFit;
import da3.geometry.rays.RayMap;
import da3.nn.ModelConfig;
import da3.nn.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Unrelated images, each predicted as if it were the only one. */
final class IndependentViews {

    private IndependentViews() {}

    /**
     * Predicts the images one after the other.
     *
     * @param request a request that passed {@link #requireServed}
     * @param alone predicts a request for one image
     * @throws DegenerateGeometryException if the depth samples of an image do not determine its scale
     */
    static Prediction predict(Request request, Progress progress, BiFunction<Request, Progress, Prediction> alone) {
        int views = request.images().size();
        List<Prediction> each = new ArrayList<>();
        for (int v = 0; v < views; v++) {
            String prefix = "image " + (v + 1) + "/" + views + " ";
            try {
                each.add(alone.apply(
                        request.ofView(v), (stage, done, total) -> progress.step(prefix + stage, done, total)));
            } catch (DegenerateGeometryException undetermined) {
                throw new DegenerateGeometryException("image " + v + ": " + undetermined.getMessage());
            }
        }
        return joined(each, warnings(request, each));
    }

    /**
     * Checks all images before anything is computed.
     *
     * @param images sizes of the images in pixels
     * @throws IllegalArgumentException if an image cannot be resized to the resolution
     * @throws DegenerateGeometryException if an image has depth samples, but fewer than {@value SparseDepthFit#MIN_SAMPLES}
     */
    static void requireServed(
            List<InputProcessing.Size> images, List<ViewPrior> priors, InferenceOptions options, ModelConfig model) {
        InputProcessing.processedSizes(images, options.resolutionFor(model), options.resizeMethod());
        for (int view = 0; view < priors.size(); view++) {
            int samples = priors.get(view).sparseDepth().size();
            if (samples > 0 && samples < SparseDepthFit.MIN_SAMPLES) {
                throw new DegenerateGeometryException(Check.message(
                        "number of depth samples of independent image " + view,
                        "0 or at least " + SparseDepthFit.MIN_SAMPLES,
                        samples));
            }
        }
    }

    private static List<String> warnings(Request request, List<Prediction> each) {
        List<String> warnings = new ArrayList<>();
        for (int v = 0; v < each.size(); v++) {
            for (String warning : each.get(v).warnings()) {
                warnings.add("image " + v + ": " + warning);
            }
        }
        List<String> unmeasured = IntStream.range(0, each.size())
                .filter(v -> ViewPriors.hasSparseDepth(request.priors())
                        && request.sparseDepth(v).isEmpty()
                        && !each.get(v).scene().metric())
                .mapToObj(Integer::toString)
                .toList();
        if (!unmeasured.isEmpty()) {
            warnings.add(
                    "images without depth samples keep the model's unit of length: " + String.join(", ", unmeasured));
        }
        return warnings;
    }

    private static Prediction joined(List<Prediction> each, List<String> warnings) {
        List<View> views =
                each.stream().flatMap(one -> one.scene().views().stream()).toList();
        return new Prediction(
                new Scene(views, Optional.empty(), each.stream().allMatch(one -> one.scene()
                        .metric())),
                Optional.<List<RayMap>>of(concatenated(each, one -> one.rays().orElse(List.of())))
                        .filter(rays -> !rays.isEmpty()),
                maps(each, Prediction::sky),
                maps(each, Prediction::objects),
                features(each),
                -1,
                concatenated(each, Prediction::scales),
                true, // independent views have no given poses
                warnings,
                each.get(0).provenance());
    }

    private static Optional<List<ScalarMap>> maps(
            List<Prediction> each, Function<Prediction, Optional<List<ScalarMap>>> part) {
        return Optional.of(concatenated(each, one -> part.apply(one).orElse(List.of())))
                .filter(maps -> !maps.isEmpty());
    }

    private static <T> List<T> concatenated(List<Prediction> each, Function<Prediction, List<T>> part) {
        return each.stream().flatMap(one -> part.apply(one).stream()).toList();
    }

    private static Map<Integer, float[]> features(List<Prediction> each) {
        Map<Integer, float[]> features = new HashMap<>();
        for (int layer : each.get(0).features().keySet()) {
            List<float[]> parts =
                    each.stream().map(one -> one.features().get(layer)).toList();
            float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
            int offset = 0;
            for (float[] part : parts) {
                System.arraycopy(part, 0, all, offset, part.length);
                offset += part.length;
            }
            features.put(layer, all);
        }
        return features;
    }
}
