package da3.core;

import da3.nn.ModelConfig;
import da3.nn.Preset;
import da3.nn.WeightSource;
import da3.weights.BundledCheckpoint;
import da3.weights.Checkpoint;
import da3.weights.SeededWeights;
import da3.weights.hub.HubCache;
import da3.weights.hub.HubClient;
import da3.weights.hub.HubProgress;
import da3.weights.hub.HubSettings;
import da3.weights.hub.PublishedModel;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The opened weights of a model and its configuration. Values are read when they are needed.
 *
 * @param weights weights, which are closed together with this source
 * @param config configuration of the model
 * @param preset preset with this configuration, if there is one
 * @param published published checkpoint, if the model is one and comes from the hub
 * @param parts the any-view and the metric model that the model was composed of; empty for other models
 */
public record ModelSource(
        WeightSource weights,
        ModelConfig config,
        Optional<Preset> preset,
        Optional<PublishedModel> published,
        List<ModelSource> parts)
        implements AutoCloseable {

    public ModelSource {
        parts = List.copyOf(parts);
    }

    /** Creates the source of a model that is not composed of others. */
    public ModelSource(
            WeightSource weights, ModelConfig config, Optional<Preset> preset, Optional<PublishedModel> published) {
        this(weights, config, preset, published, List.of());
    }

    /** Returns the hub settings of the environment: {@code HF_HOME}, {@code HF_ENDPOINT}, {@code HF_TOKEN} and others. */
    public static HubSettings hub() throws IOException {
        return HubSettings.fromEnvironment(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /**
     * Opens a model without downloading anything.
     *
     * @throws NoSuchFileException if a model of the hub is not in the cache; the message says how to download it
     * @throws IOException if a file is unreadable or malformed
     * @throws da3.nn.WeightsException if the files do not contain a complete model
     */
    public static ModelSource open(ModelReference reference, HubSettings hub) throws IOException {
        if (reference instanceof ModelReference.Seeded seeded) {
            return new ModelSource(
                    new SeededWeights(), seeded.preset().config(), Optional.of(seeded.preset()), Optional.empty());
        }
        if (reference instanceof ModelReference.Bundled bundled) {
            return bundled(BundledCheckpoint.open(bundled.name()));
        }
        if (reference instanceof ModelReference.OnDisk onDisk) {
            return checkpoint(onDisk.path(), Optional.empty(), Optional.empty());
        }
        ModelReference.OnHub onHub = (ModelReference.OnHub) reference;
        Optional<PublishedModel> published = PublishedModel.of(onHub.id());
        Path snapshot = new HubCache(hub.cache())
                .find(onHub.id())
                .orElseThrow(() -> new NoSuchFileException(
                        onHub.toString(),
                        null,
                        "is not in the cache " + hub.cache() + "; " + downloadHint(onHub, published)));
        return checkpoint(snapshot, Optional.of(onHub.id().name()), published);
    }

    /** Opens a model as {@link #open}, after downloading it if it is a model of the hub that is not in the cache. */
    public static ModelSource download(ModelReference reference, HubSettings hub, HubProgress progress)
            throws IOException {
        if (reference instanceof ModelReference.OnHub onHub) {
            if (new HubCache(hub.cache()).find(onHub.id()).isEmpty()) {
                new HubClient(hub, warning -> {}).pull(onHub.id(), progress);
            }
        }
        return open(reference, hub);
    }

    /**
     * Returns a nested model composed of an any-view and a metric model, which converts the prediction of the first to
     * meters by means of the second. Closing it closes both.
     *
     * @throws IllegalArgumentException if the first model does not predict depth, confidence and cameras, or the second is
     *     not a metric model; both are closed then
     */
    public static ModelSource nested(ModelSource anyView, ModelSource metric) {
        return NestedSource.of(anyView, metric);
    }

    /** Returns notices for users of the results, such as limits of the license, one sentence each. */
    public List<String> notices() {
        if (!parts.isEmpty()) {
            return parts.stream()
                    .flatMap(part -> part.notices().stream())
                    .distinct()
                    .toList();
        }
        List<String> notices = new ArrayList<>();
        licenseNotice().ifPresent(notices::add);
        if (weights instanceof BundledCheckpoint bundled) {
            notices.add(bundled.name() + " was trained on synthetic scenes only, for trying things out; use a published"
                    + " model for real photos");
        }
        if (weights instanceof SeededWeights) {
            notices.add("seeded weights are untrained: the results have the right shapes, but no meaning");
        }
        return notices;
    }

    /**
     * Returns the license of the weights, an SPDX identifier unless files state another; empty if it is not known. Different
     * licenses of the parts of a composed model are joined by {@code AND}.
     *
     * @throws IOException if a file of the model that may state it cannot be read
     */
    public Optional<String> license() throws IOException {
        if (!parts.isEmpty()) {
            return NestedSource.license(parts);
        }
        if (published.isPresent()) {
            return published.map(model -> model.license().spdx());
        }
        if (weights instanceof BundledCheckpoint) {
            return Optional.of(BundledCheckpoint.LICENSE);
        }
        return weights instanceof Checkpoint checkpoint ? checkpoint.license() : Optional.empty();
    }

    /** Returns a notice if the license of the model, or of a part of it, forbids commercial use. */
    public Optional<String> licenseNotice() {
        return Stream.concat(Stream.of(this), parts.stream())
                .flatMap(source -> source.published.stream())
                .filter(PublishedModel::nonCommercial)
                .map(model -> "the weights of " + model.id() + " are under "
                        + model.license().spdx() + ": not for commercial use")
                .reduce((first, second) -> first + "; " + second);
    }

    private static ModelSource bundled(BundledCheckpoint checkpoint) {
        return closedOnFailure(
                checkpoint,
                () -> new ModelSource(checkpoint, checkpoint.config(), checkpoint.preset(), Optional.empty()));
    }

    /** @param name name of the model on the hub, since folders of the cache are named after commits */
    private static ModelSource checkpoint(Path path, Optional<String> name, Optional<PublishedModel> published)
            throws IOException {
        Checkpoint checkpoint = Checkpoint.open(path, name);
        return closedOnFailure(
                checkpoint, () -> new ModelSource(checkpoint, checkpoint.config(), checkpoint.preset(), published));
    }

    private static ModelSource closedOnFailure(WeightSource weights, Supplier<ModelSource> describe) {
        boolean complete = false;
        try {
            ModelSource source = describe.get();
            complete = true;
            return source;
        } finally {
            if (!complete) {
                weights.close();
            }
        }
    }

    private static String downloadHint(ModelReference.OnHub model, Optional<PublishedModel> published) {
        String size = published
                .map(p -> String.format(Locale.ROOT, " (about %.1f GB)", p.approximateBytes() / 1e9))
                .orElse("");
        return "da3 model pull " + model + " downloads it" + size
                + (BundledCheckpoint.exists(ModelReference.TINY)
                        ? "; --model " + ModelReference.TINY + " needs no download"
                        : "");
    }

    @Override
    public void close() {
        weights.close();
    }
}
