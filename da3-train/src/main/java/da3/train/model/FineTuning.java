package da3.train.model;

import da3.core.ModelReference;
import da3.nn.ModelConfig;
import da3.nn.ModelConfig.DepthUnit;
import da3.train.lora.LoraAdapter;
import da3.train.lora.LoraInitialization;
import da3.train.lora.LoraOptions;
import da3.train.yaml.ConfigException;
import da3.train.yaml.Section;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of fine-tuning.
 *
 * @param base model to start from: a path, {@code da3-tiny}, or the id of a cached model of the hub
 * @param trained parameters of the base to train, except for weights with an adapter, which are always frozen
 * @param lora adapters, if there are any
 * @param gaussianHead a Gaussian head that the base lacks, with new weights
 * @param depthUnit unit of depth to train for, for instance to make a relative network a metric one; by default that of
 *     the base
 */
public record FineTuning(
        String base,
        TrainedParameters trained,
        Optional<Lora> lora,
        Optional<NewGaussianHead> gaussianHead,
        Optional<DepthUnit> depthUnit) {

    /** @param seed seed of the initial matrices */
    public record Lora(LoraOptions options, long seed) {

        static Lora read(Section s) {
            int rank = s.integer("rank", 8, 1, 1 << 16);
            LoraOptions options = new LoraOptions(
                    rank, s.number("alpha", 2.0 * rank, 0, 1e6), s.texts("targets", LoraOptions.DEFAULT_TARGETS));
            return new Lora(options, s.integer("seed", 1L, 0, Long.MAX_VALUE));
        }

        /**
         * Returns the initial matrices.
         *
         * @param shapes shapes of the tensors of the base, by name
         * @throws ConfigException if no tensor is adapted
         */
        Map<String, LoraAdapter.Tensor> tensors(Map<String, int[]> shapes) {
            try {
                return LoraInitialization.tensors(options, shapes, seed);
            } catch (IllegalArgumentException e) {
                throw new ConfigException("model.lora: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Reads the keys that need a checkpoint: those of {@link TrainedParameters}, {@code lora}, {@code gaussian_head}, and
     * {@code depth_unit}.
     */
    static FineTuning read(Section s, String base) {
        Optional<Lora> lora = Optional.empty();
        if (s.has("lora")) {
            Section section = s.section("lora");
            lora = Optional.of(s.checked("lora", any -> Lora.read(section)));
            section.finish();
        }
        Optional<NewGaussianHead> gaussianHead = Optional.empty();
        if (s.has("gaussian_head")) {
            Section section = s.section("gaussian_head");
            gaussianHead = Optional.of(s.checked("gaussian_head", any -> NewGaussianHead.read(section)));
            section.finish();
        }
        Optional<DepthUnit> depthUnit =
                s.has("depth_unit") ? Optional.of(s.choice("depth_unit", DepthUnit.ARBITRARY)) : Optional.empty();
        if (depthUnit.isPresent() && lora.isPresent()) {
            throw new ConfigException(
                    "model.depth_unit must not be given with model.lora, since an adapter does not store it");
        }
        TrainedParameters.Kind defaultKind =
                lora.isPresent() ? TrainedParameters.Kind.NONE : TrainedParameters.Kind.ALL;
        return new FineTuning(base, TrainedParameters.read(s, defaultKind), lora, gaussianHead, depthUnit);
    }

    /** Returns the configuration of the network to train, from that of the base. */
    ModelConfig config(ModelConfig base) {
        ModelConfig config = gaussianHead.map(head -> head.addTo(base)).orElse(base);
        return depthUnit.map(config::withDepthUnit).orElse(config);
    }

    /** @throws ConfigException if the base is neither a path nor a name of a model */
    ModelReference reference() {
        try {
            return ModelReference.parse(base);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("model.checkpoint: " + e.getMessage(), e);
        }
    }
}
