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

/**
 * A model's weights and what they belong to, opened but not read.
 *
 * @param weights closed by whoever holds this
 * @param preset which of the seven it is, if one
 * @param published which of the published checkpoints it is, if it came from the hub and is one
 */
public record ModelSource(
        WeightSource weights, ModelConfig config, Optional<Preset> preset, Optional<PublishedModel> published)
        implements AutoCloseable {

    /** The model that the {@code da3-tiny} jar contains. */
    private static final String TINY = "da3-tiny";

    /** The hub as the environment describes it: {@code HF_HOME}, {@code HF_ENDPOINT}, {@code HF_TOKEN} and so on. */
    public static HubSettings hub() throws IOException {
        return HubSettings.fromEnvironment(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /**
     * Opens what is there; nothing is downloaded.
     *
     * @throws NoSuchFileException if a model of the hub is not in the cache; the message says how to get it
     * @throws IOException if a file cannot be read or is not well-formed
     * @throws da3.nn.WeightsException if the files are no complete model
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
                        "is not in the cache " + hub.cache() + "; " + howToGet(onHub, published)));
        return checkpoint(snapshot, Optional.of(onHub.id().name()), published);
    }

    /** As {@link #open}, after downloading what the cache lacks. */
    public static ModelSource download(ModelReference reference, HubSettings hub, HubProgress progress)
            throws IOException {
        if (reference instanceof ModelReference.OnHub onHub) {
            if (new HubCache(hub.cache()).find(onHub.id()).isEmpty()) {
                new HubClient(hub, warning -> {}).pull(onHub.id(), progress);
            }
        }
        return open(reference, hub);
    }

    /** Returns what a user of its results must know, one sentence each. */
    public List<String> notices() {
        List<String> notices = new ArrayList<>();
        licenseNotice().ifPresent(notices::add);
        if (weights instanceof BundledCheckpoint bundled) {
            notices.add(bundled.name() + " was trained on synthetic scenes only, for trying things out; use a published"
                    + " model for real photos");
        }
        if (weights instanceof SeededWeights) {
            notices.add("seeded weights are untrained: the results have the right form and mean nothing");
        }
        return notices;
    }

    /** One sentence where the license forbids commercial use. */
    public Optional<String> licenseNotice() {
        return published
                .filter(PublishedModel::nonCommercial)
                .map(model -> "the weights of " + model.id() + " are under "
                        + model.license().spdx() + ": not for commercial use");
    }

    private static ModelSource bundled(BundledCheckpoint checkpoint) {
        boolean complete = false;
        try {
            ModelSource source =
                    new ModelSource(checkpoint, checkpoint.config(), checkpoint.preset(), Optional.empty());
            complete = true;
            return source;
        } finally {
            if (!complete) {
                checkpoint.close();
            }
        }
    }

    /** @param name the model's; a folder of the cache is named by its commit */
    private static ModelSource checkpoint(Path path, Optional<String> name, Optional<PublishedModel> published)
            throws IOException {
        Checkpoint checkpoint = Checkpoint.open(path, name);
        boolean complete = false;
        try {
            ModelSource source = new ModelSource(checkpoint, checkpoint.config(), checkpoint.preset(), published);
            complete = true;
            return source;
        } finally {
            if (!complete) {
                checkpoint.close();
            }
        }
    }

    private static String howToGet(ModelReference.OnHub model, Optional<PublishedModel> published) {
        String size = published
                .map(p -> String.format(Locale.ROOT, " (about %.1f GB)", p.approximateBytes() / 1e9))
                .orElse("");
        return "da3 model pull " + model + " downloads it" + size
                + (BundledCheckpoint.exists(TINY) ? "; --model " + TINY + " needs no download" : "");
    }

    @Override
    public void close() {
        weights.close();
    }
}
