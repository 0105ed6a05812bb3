package da3.train.objective;

import da3.geometry.check.Check;
import da3.geometry.concurrent.Parallel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The objective of the monocular teacher (Depth Anything 3, arXiv 2511.10647, section 3.3): errors of depth after an
 * alignment of each image and after alignments of patches (MoGe, arXiv 2410.19115), errors of depth gradients and
 * normals, and squared errors of a sky mask and an object mask. The gradient and the normal term use the aligned depth
 * of the image and treat its scale and shift as constants.
 *
 * <p>Predictions are compared with truth up to a positive scale and a shift. An image without a line of
 * positive scale through two of its points contributes only to the masks and to the term that keeps the scale of depth
 * near 1.
 *
 * <p>The derivative of |x| at 0 is 0. Sums are in double precision and in a fixed order, so the result does not depend
 * on the number of threads.
 */
public final class TeacherObjective {

    private static final int GLOBAL = 5; // index of the global term among the parts; local terms follow it

    private final TeacherOptions options;
    private final int threads;

    /** @param threads number of threads; 0 for one per processor */
    public TeacherObjective(TeacherOptions options, int threads) {
        this.options = options;
        this.threads = threads;
    }

    /**
     * Returns the loss of a prediction and its gradients.
     *
     * @param anchors centers of the patches, one element for each level of the options; see {@link PatchAnchors#draw}
     * @throws IllegalArgumentException if sizes of truth, prediction and anchors differ, or an anchor is not in its
     *     image; naming the image, if intrinsics or a valid depth are invalid
     */
    public TeacherLoss evaluate(TeacherTruth truth, TeacherPrediction prediction, List<PatchAnchors> anchors) {
        requireSameSizes(truth, prediction, anchors);
        TeacherWeights weights = options.weights();
        GradientTerm gradient = new GradientTerm(
                truth.rows(),
                truth.columns(),
                truth.mask(),
                truth.depth(),
                prediction.depth(),
                weights.gradient(),
                ValidCounts.of(truth, threads));
        NormalTerm normal = new NormalTerm(truth, weights.normal(), threads);

        MaskTerm sky = new MaskTerm(truth.sky(), prediction.sky(), weights.sky());
        MaskTerm object = new MaskTerm(truth.object(), prediction.object(), weights.object());

        ScaleTerm scale = new ScaleTerm(weights.scale(), truth.images());
        TeacherPrediction gradients = prediction.zeros();
        AlignedImage[] images = new AlignedImage[truth.images()];
        double[][] parts = new double[truth.images()][];
        Parallel.forEach(parts.length, threads, image -> {
            double[] depthGradient = new double[truth.pixels()];
            ImageDepths depths = ImageDepths.of(truth, prediction, image);
            AlignedImage aligned = new AlignedImage(depths, options, truth.images());
            double[] part = new double[GLOBAL + 1 + anchors.size()];
            if (aligned.isAligned()) {
                part[0] = gradient.add(image, aligned.scale(), depthGradient);
                part[1] = normal.add(aligned.depths(), aligned.alignment(), depthGradient);
            }
            part[2] = sky.put(image, truth.pixels(), gradients.sky());
            part[3] = object.put(image, truth.pixels(), gradients.object());
            part[4] = scale.add(depths, depthGradient);
            part[GLOBAL] = aligned.addGlobal(depthGradient);
            for (int l = 0; l < anchors.size(); l++) {
                part[GLOBAL + 1 + l] =
                        aligned.addLocal(options.levels().get(l), anchors.get(l).ofImage(image), depthGradient);
            }
            images[image] = aligned;
            parts[image] = part;
            ImageParts.put(depthGradient, gradients.depth(), image);
        });
        Map<String, Double> terms = terms(ImageParts.sums(parts));
        return new TeacherLoss(terms, total(terms), gradients, List.of(images));
    }

    private Map<String, Double> terms(double[] sums) {
        double globalLocal = 0;
        for (int i = GLOBAL; i < sums.length; i++) {
            globalLocal += sums[i];
        }
        Map<String, Double> terms = new LinkedHashMap<>();
        terms.put("gradient", sums[0]);
        terms.put("global_local", globalLocal);
        terms.put("normal", sums[1]);
        terms.put("sky", sums[2]);
        terms.put("object", sums[3]);
        terms.put("scale", sums[4]);
        terms.put("global", sums[GLOBAL]);
        for (int l = 0; l < options.levels().size(); l++) {
            terms.put("local_" + options.levels().get(l).level(), sums[GLOBAL + 1 + l]);
        }
        return terms;
    }

    private double total(Map<String, Double> terms) {
        TeacherWeights weights = options.weights();
        return weights.gradient() * terms.get("gradient")
                + weights.globalLocal() * terms.get("global_local")
                + weights.normal() * terms.get("normal")
                + weights.sky() * terms.get("sky")
                + weights.object() * terms.get("object")
                + weights.scale() * terms.get("scale");
    }

    private void requireSameSizes(TeacherTruth truth, TeacherPrediction prediction, List<PatchAnchors> anchors) {
        if (truth.images() != prediction.images()
                || truth.rows() != prediction.rows()
                || truth.columns() != prediction.columns()) {
            throw Check.invalid(
                    "prediction",
                    "of " + truth.images() + " images of " + truth.rows() + "x" + truth.columns(),
                    prediction.images() + " of " + prediction.rows() + "x" + prediction.columns());
        }
        List<String> expected = options.levels().stream()
                .map(level -> truth.images() + "x" + level.patches())
                .toList();
        List<String> given = anchors.stream()
                .map(level -> level.images() + "x" + level.patches())
                .toList();
        if (!given.equals(expected)) {
            throw Check.invalid("images x patches of anchors", expected.toString(), given);
        }
    }
}
