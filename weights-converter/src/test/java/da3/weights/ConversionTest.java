package da3.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import da3.nn.ModelConfig;
import da3.nn.Preset;
import da3.nn.Progress;
import da3.nn.WeightSource;
import da3.nn.WeightsException;
import da3.weights.config.Manifest;
import da3.weights.safetensors.DType;
import da3.weights.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConversionTest {

    private static final ModelConfig CONFIG = SmallModels.nested();
    private static final Manifest MANIFEST = Manifest.of(CONFIG);
    private static final ConfigFile NO_CONFIG = new ConfigFile(Optional.empty(), Optional.empty());
    private static final ConfigFile METRIC =
            new ConfigFile(Optional.of("{}".getBytes(StandardCharsets.UTF_8)), Optional.of("da3metric-large"));
    private static final ConversionOptions OPTIONS = ConversionOptions.defaults();
    private static final String NORM = "model.da3.head.scratch.output_conv2_aux.%d.2.weight";

    @TempDir
    Path dir;

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"F32", "F16", "BF16"})
    void aWrittenCheckpointCanBeRead(DType precision) throws IOException {
        Path file = dir.resolve("new/m.safetensors");
        List<Integer> steps = new ArrayList<>();
        ConversionReport report = Conversion.write(
                new SeededWeights(),
                CONFIG,
                NO_CONFIG,
                ConversionTarget.of(file),
                OPTIONS.withPrecision(precision),
                (stage, done, total) -> steps.add(total - done));
        try (Checkpoint written = Checkpoint.open(file)) {
            assertHolds(written, precision);
            assertThat(written.dtypes()).isEqualTo(Set.of(precision));
            assertThat(report.storedBytes()).isEqualTo(written.storedBytes());
        }
        assertThat(report.files()).containsExactly(file);
        // six of the eight names of the weight and bias of the shared norm are aliases
        assertThat(report.tensors())
                .isEqualTo(MANIFEST.required().size() + MANIFEST.unused().size() - 6);
        assertThat(steps)
                .hasSize(report.tensors())
                .startsWith(report.tensors() - 1)
                .endsWith(0);
    }

    @Test
    void storesASharedNormOnceWithTheValuesOfTheLastLevel() throws IOException {
        Path file = convert(new SeededWeights(), dir.resolve("m.safetensors"), OPTIONS);
        try (SafetensorsFile written = SafetensorsFile.open(file)) {
            assertThat(written.tensors()).containsKey(NORM.formatted(0)).doesNotContainKey(NORM.formatted(3));
            assertThat(written.metadata())
                    .containsEntry("format", "pt")
                    .containsEntry(NORM.formatted(1), NORM.formatted(0))
                    .containsEntry(NORM.formatted(3), NORM.formatted(0));
        }
        try (Checkpoint written = Checkpoint.open(file)) {
            for (int level = 0; level < 4; level++) {
                assertThat(values(written, NORM.formatted(level), 32))
                        .containsExactly(values(new SeededWeights(), NORM.formatted(3), 32));
            }
        }
    }

    @Test
    void aFolderHasAConfigurationAndConvertsToEqualBytes() throws IOException {
        Path folder = dir.resolve("model");
        ConversionReport report = Conversion.write(
                new SeededWeights(),
                CONFIG,
                ConfigFile.named(Preset.DA3_BASE),
                ConversionTarget.of(folder),
                OPTIONS,
                Progress.SILENT);
        assertThat(report.files()).containsExactly(folder.resolve("model.safetensors"), folder.resolve("config.json"));
        assertThat(json(folder.resolve("config.json")).path("model_name").asText())
                .isEqualTo("da3-base");
        try (SafetensorsFile written = SafetensorsFile.open(folder.resolve("model.safetensors"))) {
            assertThat(written.metadata()).containsEntry("model_name", "da3-base");
        }
        try (Checkpoint written = Checkpoint.open(folder)) {
            Path again = dir.resolve("again.safetensors");
            Conversion.write(
                    written,
                    CONFIG,
                    ConfigFile.named(Preset.DA3_BASE),
                    ConversionTarget.of(again),
                    OPTIONS,
                    Progress.SILENT);
            assertThat(again).hasSameBinaryContentAs(folder.resolve("model.safetensors"));
        }
        assertThat(names(dir)).containsExactly("again.safetensors", "model");
    }

    @Test
    void shardsHaveTheNamesAndIndexOfTheOfficialLibrary() throws IOException {
        Path folder = dir.resolve("model");
        ConversionOptions options = OPTIONS.withPrecision(DType.BF16).withMaxShardBytes(20_000);
        ConversionReport report = Conversion.write(
                new SeededWeights(), CONFIG, METRIC, ConversionTarget.of(folder), options, Progress.SILENT);
        int shards = report.files().size() - 2;
        assertThat(shards).isGreaterThan(3);
        assertThat(names(folder))
                .contains("model-00001-of-%05d.safetensors".formatted(shards))
                .contains("model-%05d-of-%05d.safetensors".formatted(shards, shards))
                .contains("model.safetensors.index.json")
                .contains("config.json")
                .hasSize(shards + 2);
        JsonNode index = json(folder.resolve("model.safetensors.index.json"));
        assertThat(index.at("/metadata/total_size").asLong()).isEqualTo(report.storedBytes());
        assertThat(index.at("/metadata").path(NORM.formatted(3)).asText()).isEqualTo(NORM.formatted(0));
        assertThat(index.at("/metadata/model_name").asText()).isEqualTo("da3metric-large");
        assertThat(index.path("weight_map")).hasSize(report.tensors());
        for (Path shard : report.files().subList(0, shards)) {
            try (Checkpoint one = Checkpoint.open(shard)) {
                assertThat(one.storedBytes()).isLessThanOrEqualTo(20_000);
            }
        }
        try (Checkpoint written = Checkpoint.open(folder)) {
            assertHolds(written, DType.BF16);
        }
    }

    @Test
    void replacesExistingFilesOnlyOnRequest() throws IOException {
        Path file = Files.writeString(dir.resolve("m.safetensors"), "old");
        assertThatThrownBy(() -> convert(new SeededWeights(), file, OPTIONS))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("old");
        convert(new SeededWeights(), file, OPTIONS.withOverwrite(true));
        Checkpoint.open(file).close();

        Path folder = dir.resolve("model");
        convert(new SeededWeights(), folder, OPTIONS.withMaxShardBytes(30_000));
        Files.writeString(folder.resolve("README.md"), "mine");
        assertThatThrownBy(() -> convert(new SeededWeights(), folder, OPTIONS))
                .isInstanceOf(FileAlreadyExistsException.class);
        convert(new SeededWeights(), folder, OPTIONS.withOverwrite(true));
        assertThat(names(folder)).containsExactly("README.md", "model.safetensors");

        assertThatThrownBy(() -> convert(new SeededWeights(), folder.resolve("README.md"), OPTIONS.withOverwrite(true)))
                .isInstanceOf(NotDirectoryException.class);
        assertThat(names(dir)).containsExactly("m.safetensors", "model");
    }

    @Test
    void rejectsTargetsWithoutAName() {
        for (String none : List.of("", "/", "/a/..")) {
            assertThatThrownBy(() -> convert(new SeededWeights(), Path.of(none), OPTIONS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("target must be a path with a name", "got '" + none + "'");
        }
    }

    @Test
    void errorsNameTheTarget() throws IOException {
        Path inTheWay = Files.writeString(dir.resolve("file"), "mine");
        for (String name : List.of("m.safetensors", "model")) {
            Path below = inTheWay.resolve(name);
            assertThatThrownBy(() -> convert(new SeededWeights(), below, OPTIONS))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(below + " cannot be written: ")
                    .hasMessageNotContaining(".part");
        }
        String tooLong = "x".repeat(240); // valid, but too long with the suffix of the temporary file
        assertThatThrownBy(() -> convert(new SeededWeights(), dir.resolve(tooLong), OPTIONS))
                .hasMessage(dir.resolve(tooLong) + " cannot be written: File name too long");
        assertThat(names(dir)).containsExactly("file");
    }

    @Test
    void aFailureLeavesExistingFilesUnchanged() throws IOException {
        Path folder = dir.resolve("model");
        convert(new SeededWeights(), folder, OPTIONS);
        byte[] before = Files.readAllBytes(folder.resolve("model.safetensors"));
        String large = "model.da3_metric.head.projects.2.bias";
        WeightSource source = new Altered(large, 70_000);
        ConversionOptions half = OPTIONS.withPrecision(DType.F16).withOverwrite(true);
        for (ConversionOptions options : List.of(half, half.withMaxShardBytes(10_000))) {
            assertThatThrownBy(() -> convert(source, folder, options))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContainingAll("tensor " + large, "70000.0 is beyond the range of F16; use F32");
        }
        assertThatThrownBy(() -> convert(source, dir.resolve("m.safetensors"), half))
                .isInstanceOf(WeightsException.class);
        assertThat(names(dir)).containsExactly("model");
        assertThat(names(folder)).containsExactly("model.safetensors");
        assertThat(folder.resolve("model.safetensors")).hasBinaryContent(before);
        convert(source, dir.resolve("m.safetensors"), OPTIONS.withPrecision(DType.BF16));
    }

    @Test
    void keepsOnlyOneTensorInMemory() throws IOException {
        Altered source = new Altered("", 0);
        convert(source, dir.resolve("m.safetensors"), OPTIONS);
        int largest = MANIFEST.required().values().stream()
                .mapToInt(ConversionTest::elements)
                .max()
                .orElseThrow();
        assertThat(source.buffers).hasSize(1);
        assertThat(source.buffers.get(0).capacity()).isEqualTo(largest);
    }

    @Test
    void unusedTensorsMayBeMissing() throws IOException {
        Path complete = convert(new SeededWeights(), dir.resolve("complete.safetensors"), OPTIONS);
        try (Checkpoint all = Checkpoint.open(complete)) {
            Path lean = convert(new Lean(all), dir.resolve("lean.safetensors"), OPTIONS);
            try (Checkpoint written = Checkpoint.open(lean)) {
                assertHolds(written, DType.F32);
                assertThat(written.has("model.da3.head.scratch.output_conv1_aux.0.0.weight"))
                        .isFalse();
            }
        }
    }

    @Test
    void rejectsInvalidOptions() {
        assertThatThrownBy(() -> OPTIONS.withPrecision(DType.F64))
                .hasMessage("precision must be F32, F16 or BF16, got F64");
        assertThatThrownBy(() -> OPTIONS.withMaxShardBytes(0))
                .hasMessageContaining("maxShardBytes must be at least 1, got 0");
        assertThatThrownBy(
                        () -> convert(new SeededWeights(), dir.resolve("a.safetensors"), OPTIONS.withMaxShardBytes(9)))
                .hasMessageContaining("target of a conversion to shards must be a folder");
    }

    /**
     * Asserts that a checkpoint has all required tensors with the seeded values in a precision, and no unexpected ones.
     */
    private static void assertHolds(Checkpoint written, DType precision) {
        SeededWeights seeded = new SeededWeights();
        double halfStep = precision == DType.F32 ? 0 : precision == DType.F16 ? 0x1p-11 : 0x1p-8;
        MANIFEST.required().forEach((name, shape) -> {
            float[] expected = values(seeded, name, shape);
            float[] found = values(written, name, shape);
            for (int i = 0; i < expected.length; i++) {
                double error = Math.abs(found[i] - expected[i]);
                assertThat(error).as(name).isLessThanOrEqualTo(halfStep * Math.max(Math.abs(expected[i]), 0x1p-14));
            }
        });
        assertThat(written.unexpected()).isEmpty();
    }

    private static float[] values(WeightSource source, String name, int... shape) {
        FloatBuffer into = FloatBuffer.allocate(elements(shape));
        source.read(name, shape, into);
        return into.array();
    }

    private static int elements(int... shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private static Path convert(WeightSource source, Path target, ConversionOptions options) throws IOException {
        Conversion.write(source, CONFIG, NO_CONFIG, ConversionTarget.of(target), options, Progress.SILENT);
        return target;
    }

    private static JsonNode json(Path file) throws IOException {
        return new JsonMapper().readTree(file.toFile());
    }

    private static Set<String> names(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        try (var files = Files.list(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    /** Seeded weights with a changed first value of one tensor; records the buffers that it filled. */
    private static final class Altered extends DelegatingWeights {
        private final Map<String, Float> first;
        private final List<FloatBuffer> buffers = new ArrayList<>();

        Altered(String tensor, float value) {
            super(new SeededWeights());
            this.first = Map.of(tensor, value);
        }

        @Override
        public void read(String name, int[] shape, FloatBuffer into) {
            int at = into.position();
            super.read(name, shape, into);
            if (first.containsKey(name)) {
                into.put(at, first.get(name));
            }
            if (buffers.stream().noneMatch(known -> known == into)) {
                buffers.add(into);
            }
        }
    }

    /** A checkpoint that pretends to have only required tensors. */
    private static final class Lean extends DelegatingWeights {

        Lean(WeightSource all) {
            super(all);
        }

        @Override
        public boolean has(String name) {
            return !Manifest.isUnused(name) && super.has(name);
        }
    }
}
