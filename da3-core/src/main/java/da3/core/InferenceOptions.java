package da3.core;

import da3.geometry.check.Check;
import da3.nn.ModelConfig;
import da3.nn.Output;
import da3.nn.ReferenceViewStrategy;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Options of a prediction, independent of the images.
 *
 * @param resolution length in pixels of the image side that {@code resizeMethod} bounds, at least 14; empty for the
 *     model's own {@link ModelConfig#processingSize()}
 * @param resizeMethod how images are resized to the processing size
 * @param outputs outputs to compute in addition to depth; empty for cameras alone if the model predicts them
 * @param posesFromRays whether cameras are fitted to the ray map instead of decoded from the camera tokens
 * @param referenceView how the reference view is chosen
 * @param featureLayers backbone blocks whose tokens are returned as features, counted from 0
 * @param alignDepth with given poses: if true, the scene is transformed to their frame and unit, and they are returned
 *     unchanged; if false, depth keeps its unit and the given poses are transformed to the network's frame
 * @param posesInMeters whether given poses are in meters, which makes an aligned scene metric
 * @param independent whether the images are unrelated: each is predicted as if it were the only one
 * @param nativeSize whether maps and intrinsics are returned at the size of the given images
 * @param weightsHash whether {@link Provenance} contains a digest of the weights. Computing it reads the whole checkpoint
 *     once, in parallel to the first prediction
 * @param seed seed of every random draw
 */
public record InferenceOptions(
        OptionalInt resolution,
        ResizeMethod resizeMethod,
        Set<Output> outputs,
        boolean posesFromRays,
        ReferenceViewStrategy referenceView,
        List<Integer> featureLayers,
        boolean alignDepth,
        boolean posesInMeters,
        boolean independent,
        boolean nativeSize,
        boolean weightsHash,
        long seed) {

    private static final InferenceOptions DEFAULTS = new InferenceOptions(
            OptionalInt.empty(),
            ResizeMethod.UPPER_BOUND_RESIZE,
            Set.of(),
            false,
            ReferenceViewStrategy.SADDLE_BALANCED,
            List.of(),
            true,
            false,
            false,
            false,
            true,
            42);

    /**
     * Checks the values that can be checked without a model.
     *
     * @throws IllegalArgumentException if the resolution is below 14, a feature layer is negative, or Gaussians of
     *     independent images are requested
     */
    public InferenceOptions {
        Objects.requireNonNull(resizeMethod, "resizeMethod");
        Objects.requireNonNull(referenceView, "referenceView");
        outputs = Set.copyOf(outputs);
        featureLayers = List.copyOf(featureLayers);
        resolution.ifPresent(side -> Check.atLeast("resolution", InputProcessing.PATCH, side));
        featureLayers.forEach(layer -> Check.atLeast("feature layer", 0, layer));
        if (independent && outputs.contains(Output.GAUSSIANS)) {
            throw new IllegalArgumentException(
                    "Gaussians need views of one scene, but the images are independent: use one request per image");
        }
    }

    /** Returns the reference implementation's defaults: depth, and cameras if the model predicts them. */
    public static InferenceOptions defaults() {
        return DEFAULTS;
    }

    /** Returns a builder that starts from {@link #defaults()}. */
    public static Builder builder() {
        return DEFAULTS.toBuilder();
    }

    /** Returns a builder that starts from these options. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns the resolution for a model, which is its processing size unless these options set another. */
    public int resolutionFor(ModelConfig model) {
        return resolution.orElse(model.processingSize());
    }

    /**
     * Returns the size of each view's maps, in pixels.
     *
     * @param images sizes of the images, at least one
     * @throws IllegalArgumentException if an image cannot be resized to the resolution
     */
    public List<InputProcessing.Size> mapSizes(List<InputProcessing.Size> images, ModelConfig model) {
        if (nativeSize) {
            return List.copyOf(images);
        }
        return independent
                ? InputProcessing.processedSizes(images, resolutionFor(model), resizeMethod)
                : Collections.nCopies(
                        images.size(), InputProcessing.processedSize(images, resolutionFor(model), resizeMethod));
    }

    /** Collects options; {@link #build()} checks them. */
    public static final class Builder {

        private OptionalInt resolution;
        private ResizeMethod resizeMethod;
        private Set<Output> outputs;
        private boolean posesFromRays;
        private ReferenceViewStrategy referenceView;
        private List<Integer> featureLayers;
        private boolean alignDepth;
        private boolean posesInMeters;
        private boolean independent;
        private boolean nativeSize;
        private boolean weightsHash;
        private long seed;

        private Builder(InferenceOptions from) {
            resolution = from.resolution;
            resizeMethod = from.resizeMethod;
            outputs = from.outputs;
            posesFromRays = from.posesFromRays;
            referenceView = from.referenceView;
            featureLayers = from.featureLayers;
            alignDepth = from.alignDepth;
            posesInMeters = from.posesInMeters;
            independent = from.independent;
            nativeSize = from.nativeSize;
            weightsHash = from.weightsHash;
            seed = from.seed;
        }

        /** Sets {@link InferenceOptions#resolution()}, in pixels. */
        public Builder resolution(int resolution) {
            return resolution(OptionalInt.of(resolution));
        }

        /** Sets {@link InferenceOptions#resolution()}, in pixels; empty for the model's own. */
        public Builder resolution(OptionalInt resolution) {
            this.resolution = resolution;
            return this;
        }

        /** Sets {@link InferenceOptions#resizeMethod()}. */
        public Builder resizeMethod(ResizeMethod resizeMethod) {
            this.resizeMethod = resizeMethod;
            return this;
        }

        /** Sets {@link InferenceOptions#outputs()}. */
        public Builder outputs(Set<Output> outputs) {
            this.outputs = outputs;
            return this;
        }

        /** Sets {@link InferenceOptions#posesFromRays()}. */
        public Builder posesFromRays(boolean posesFromRays) {
            this.posesFromRays = posesFromRays;
            return this;
        }

        /** Sets {@link InferenceOptions#referenceView()}. */
        public Builder referenceView(ReferenceViewStrategy referenceView) {
            this.referenceView = referenceView;
            return this;
        }

        /** Sets {@link InferenceOptions#featureLayers()}. */
        public Builder featureLayers(List<Integer> featureLayers) {
            this.featureLayers = featureLayers;
            return this;
        }

        /** Sets {@link InferenceOptions#alignDepth()}. */
        public Builder alignDepth(boolean alignDepth) {
            this.alignDepth = alignDepth;
            return this;
        }

        /** Sets {@link InferenceOptions#posesInMeters()}. */
        public Builder posesInMeters(boolean posesInMeters) {
            this.posesInMeters = posesInMeters;
            return this;
        }

        /** Sets {@link InferenceOptions#independent()}. */
        public Builder independent(boolean independent) {
            this.independent = independent;
            return this;
        }

        /** Sets {@link InferenceOptions#nativeSize()}. */
        public Builder nativeSize(boolean nativeSize) {
            this.nativeSize = nativeSize;
            return this;
        }

        /** Sets {@link InferenceOptions#weightsHash()}. */
        public Builder weightsHash(boolean weightsHash) {
            this.weightsHash = weightsHash;
            return this;
        }

        /** Sets {@link InferenceOptions#seed()}. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** @throws IllegalArgumentException if a value is out of range, or two options exclude each other */
        public InferenceOptions build() {
            return new InferenceOptions(
                    resolution,
                    resizeMethod,
                    outputs,
                    posesFromRays,
                    referenceView,
                    featureLayers,
                    alignDepth,
                    posesInMeters,
                    independent,
                    nativeSize,
                    weightsHash,
                    seed);
        }
    }
}
