package da3.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.Preset;
import da3.nn.Progress;
import da3.weights.Conversion;
import da3.weights.ConversionOptions;
import da3.weights.config.Manifest;
import da3.weights.hub.HubId;
import da3.weights.hub.HubSettings;
import da3.weights.safetensors.DType;
import da3.weights.safetensors.SafetensorsWriter.Slot;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the smallest preset, written to disk and read back. */
class StoredModelTest {

    private static final HubId ID = HubId.parse("depth-anything/DA3-SMALL");
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    static Path folder;

    private static Path cache;
    private static Path snapshot;

    /** Writes the model into a cache with the layout of hub clients. */
    @BeforeAll
    static void write() throws IOException {
        cache = folder.resolve("hub");
        Path model = cache.resolve("models--depth-anything--DA3-SMALL");
        snapshot = model.resolve("snapshots").resolve(COMMIT);
        Files.createDirectories(snapshot.getParent());
        Files.createDirectories(model.resolve("refs"));
        Files.writeString(model.resolve("refs/main"), COMMIT);
        try (ModelSource source = source("seeded:da3-small")) {
            Conversion.write(
                    source.weights(),
                    source.config(),
                    source.preset(),
                    snapshot,
                    ConversionOptions.defaults(),
                    Progress.SILENT);
        }
    }

    @Test
    void storedModelsPredictLikeTheSeededModel() throws IOException {
        Request request = Request.of(RandomImages.of(2, 42, 28, 1)).withOptions(o -> o.resolution(42));
        Prediction expected = predict(ModelReference.parse("seeded:da3-small"), request);
        for (ModelReference stored : List.of(
                new ModelReference.OnDisk(snapshot),
                new ModelReference.OnDisk(snapshot.resolve("model.safetensors")),
                new ModelReference.OnHub(ID))) {
            Prediction found = predict(stored, request);
            for (int v = 0; v < 2; v++) {
                assertThat(found.scene().view(v).depth().values())
                        .containsExactly(expected.scene().view(v).depth().values());
                assertThat(found.scene().view(v).camera())
                        .isEqualTo(expected.scene().view(v).camera());
            }
            assertThat(found.provenance().preset()).contains("da3-small");
            assertThat(found.provenance().weightsHash().orElseThrow()).matches("[0-9a-f]{64}");
            assertThat(predict(stored, request.withOptions(o -> o.weightsHash(false)))
                            .provenance()
                            .weightsHash())
                    .isEmpty();
        }
    }

    /** The metric and mono models have the same tensors, and folders of the cache are named after commits. */
    @Test
    void aHubModelWithoutConfigurationIsIdentifiedByItsName(@TempDir Path home) throws IOException {
        Path model = home.resolve("hub/models--depth-anything--DA3METRIC-LARGE");
        Path commit = Files.createDirectories(model.resolve("snapshots/" + COMMIT));
        Files.createDirectories(model.resolve("refs"));
        Files.writeString(model.resolve("refs/main"), COMMIT);
        List<Slot> slots = new ArrayList<>();
        Manifest.of(Preset.DA3METRIC_LARGE.config())
                .required()
                .forEach((name, shape) -> slots.add(new Slot(
                        name, DType.F16, Arrays.stream(shape).asLongStream().toArray())));
        writeZeros(commit.resolve("model.safetensors"), slots);
        HubSettings hub = HubSettings.fromEnvironment(Map.of("HF_HUB_CACHE", home + "/hub"), home);
        try (ModelSource source = ModelSource.open(ModelReference.parse("depth-anything/DA3METRIC-LARGE"), hub)) {
            assertThat(source.preset()).contains(Preset.DA3METRIC_LARGE);
            assertThat(source.config()).isEqualTo(Preset.DA3METRIC_LARGE.config());
        }
        try (ModelSource source = ModelSource.open(new ModelReference.OnDisk(commit), hub)) {
            assertThat(source.preset()).contains(Preset.DA3MONO_LARGE);
        }
    }

    /** Writes a safetensors file with a sparse region of zeros as its values. */
    private static void writeZeros(Path file, List<Slot> slots) throws IOException {
        StringBuilder header = new StringBuilder();
        long end = 0;
        for (Slot slot : slots) {
            long begin = end;
            end += Arrays.stream(slot.shape()).reduce(slot.dtype().bytes(), (a, b) -> a * b);
            header.append(header.isEmpty() ? '{' : ',')
                    .append("\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                            .formatted(slot.name(), slot.dtype(), Arrays.toString(slot.shape()), begin, end));
        }
        byte[] json = header.append('}').toString().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer start = ByteBuffer.allocate(Long.BYTES + json.length).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, start.putLong(json.length).put(json).array());
        try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(start.capacity() + end);
        }
    }

    @Test
    void aMissingModelIsReportedWithItsDownloadCommand() {
        assertThatThrownBy(() -> ModelSource.open(ModelReference.parse("depth-anything/DA3-BASE"), hub()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContainingAll("depth-anything/DA3-BASE", "da3 model pull depth-anything/DA3-BASE", "0.5 GB");
    }

    @Test
    void aFolderWithoutAModelIsRejected(@TempDir Path empty) {
        assertThatThrownBy(() -> DepthAnything3.load(empty))
                .hasMessageContainingAll(empty.toString(), "model.safetensors");
        assertThatThrownBy(() -> DepthAnything3.load(empty.resolve("none").toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void aTruncatedFileIsRejectedOnLoading(@TempDir Path damaged) throws IOException {
        Path file = damaged.resolve("model.safetensors");
        byte[] head = new byte[1000];
        try (var in = Files.newInputStream(snapshot.resolve("model.safetensors"))) {
            assertThat(in.readNBytes(head, 0, head.length)).isEqualTo(head.length);
        }
        Files.write(file, head);
        assertThatThrownBy(() -> DepthAnything3.load(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }

    private static Prediction predict(ModelReference reference, Request request) throws IOException {
        try (DepthAnything3 model = DepthAnything3.load(
                ModelSource.open(reference, hub()), EngineOptions.defaults().withThreads(1))) {
            return model.predict(request);
        }
    }

    private static ModelSource source(String model) throws IOException {
        return ModelSource.open(ModelReference.parse(model), hub());
    }

    private static HubSettings hub() throws IOException {
        return HubSettings.fromEnvironment(Map.of("HF_HUB_CACHE", cache.toString()), folder);
    }
}
