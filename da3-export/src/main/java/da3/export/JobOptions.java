package da3.export;

import da3.core.InferenceOptions;
import da3.core.InputProcessing;
import da3.geometry.check.Check;
import da3.io.GlbOptions;
import da3.nn.ModelConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Options of an inference job, independent of its images.
 *
 * @param formats formats to write, at least one
 * @param inference options of the prediction; its outputs are those that the formats need
 * @param export options of the formats; point clouds use the seed of {@code inference}
 */
public record JobOptions(List<ExportFormat> formats, InferenceOptions inference, ExportOptions export) {

    /**
     * Checks the options that do not depend on a model or images.
     *
     * @throws IllegalArgumentException if there is no format, {@code feat_vis} has no feature layer, or a format puts
     *     independent images into one scene
     */
    public JobOptions {
        formats = List.copyOf(formats);
        Check.atLeast("number of export formats", 1, formats.size());
        if (formats.contains(ExportFormat.FEAT_VIS)) {
            Check.atLeast(
                    "number of feature layers for feat_vis (--export-feat, export_feat_layers)",
                    1,
                    inference.featureLayers().size());
        }
        if (inference.independent()) {
            formats.forEach(JobOptions::requireSeparateViews);
        }
        inference = inference.toBuilder().outputs(ExportFormat.outputs(formats)).build();
        export = export.withGlb(export.glb().withSeed(inference.seed()));
    }

    /** Returns the reference implementation's defaults. */
    public static JobOptions defaults() {
        return builder().build();
    }

    /** Returns a builder that starts from {@link #defaults()}. */
    public static Builder builder() {
        return new Builder(null, InferenceOptions.defaults(), ExportOptions.defaults());
    }

    /** Returns a builder that starts from these options. */
    public Builder toBuilder() {
        return new Builder(formats, inference, export);
    }

    /**
     * Checks that a model predicts what the formats need, and that the formats support the sizes of the maps.
     *
     * @param config configuration of the model
     * @param model name of the model, for the message
     * @param images sizes of the images in pixels, at least one
     * @throws IllegalArgumentException if a format is not possible; the message names it
     */
    public void requireServed(ModelConfig config, String model, List<InputProcessing.Size> images) {
        ExportFormat.requireServed(formats, config, model);
        List<InputProcessing.Size> maps = inference.mapSizes(images, config);
        List<InputProcessing.Size> different = maps.stream().distinct().toList();
        for (ExportFormat format : formats) {
            if (format.isOneArray() && different.size() > 1) {
                throw Check.invalid(
                        "size of all maps in " + format.id(),
                        "the same",
                        different.stream()
                                .map(size -> size.width() + "x" + size.height())
                                .collect(Collectors.joining(", ")));
            }
        }
        ExportFormat.requireSize(formats, maps.get(0).width(), maps.get(0).height());
    }

    private static void requireSeparateViews(ExportFormat format) {
        if (format.isOneScene()) {
            throw Check.invalid(
                    "format of independent images",
                    "one of "
                            + ExportFormat.ids(Arrays.stream(ExportFormat.values())
                                            .filter(other -> !other.isOneScene())
                                            .toList())
                                    .replace("-", ", "),
                    format.id() + ", which puts all views into one scene");
        }
    }

    /** Collects options; {@link #build()} checks them. */
    public static final class Builder {

        private List<ExportFormat> formats; // null for the default
        private boolean addGaussians;
        private final InferenceOptions.Builder inference;
        private ExportOptions export;

        private Builder(List<ExportFormat> formats, InferenceOptions inference, ExportOptions export) {
            this.formats = formats;
            this.inference = inference.toBuilder();
            this.export = export;
        }

        /** Sets the formats. Default: {@code mini_npz} and {@code glb}, or {@code depth_vis} for independent images. */
        public Builder formats(List<ExportFormat> formats) {
            this.formats = formats;
            return this;
        }

        /** Sets the formats. */
        public Builder formats(ExportFormat... formats) {
            return formats(List.of(formats));
        }

        /** Sets whether {@code gs_ply} is added to the formats. */
        Builder addGaussians(boolean add) {
            addGaussians = add;
            return this;
        }

        /** Returns the builder of the inference options, which is part of this builder. */
        public InferenceOptions.Builder inference() {
            return inference;
        }

        /** Changes inference options, for instance {@code inference(o -> o.seed(7))}. */
        public Builder inference(UnaryOperator<InferenceOptions.Builder> change) {
            change.apply(inference);
            return this;
        }

        /** Changes export options. */
        public Builder export(UnaryOperator<ExportOptions> change) {
            export = change.apply(export);
            return this;
        }

        Builder glb(UnaryOperator<GlbOptions> change) {
            return export(options -> options.withGlb(change.apply(options.glb())));
        }

        Builder gaussianVideo(UnaryOperator<GaussianVideo> change) {
            return export(options -> options.withGaussianVideo(change.apply(options.gaussianVideo())));
        }

        /** @throws IllegalArgumentException if a value is out of range, or options exclude each other */
        public JobOptions build() {
            InferenceOptions built = inference.outputs(Set.of()).build(); // the formats determine the outputs
            List<ExportFormat> all = formats != null ? formats : defaultFormats(built.independent());
            return new JobOptions(addGaussians ? ExportFormat.with(all, ExportFormat.GS_PLY) : all, built, export);
        }

        private static List<ExportFormat> defaultFormats(boolean independent) {
            return independent ? List.of(ExportFormat.DEPTH_VIS) : List.of(ExportFormat.MINI_NPZ, ExportFormat.GLB);
        }
    }
}
