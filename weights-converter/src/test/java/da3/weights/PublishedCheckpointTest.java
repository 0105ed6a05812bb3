package da3.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.Preset;
import da3.nn.WeightsException;
import da3.weights.config.PublishedManifests;
import da3.weights.safetensors.DType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checkpoints with the tensors of official ones and zero values. */
class PublishedCheckpointTest {

    @TempDir
    Path dir;

    @ParameterizedTest
    @EnumSource(
            value = Preset.class,
            names = {"DA3_TINY", "DA3MONO_TINY"},
            mode = EnumSource.Mode.EXCLUDE) // not published
    void opensTheFolderOfAPublishedModel(Preset preset) throws IOException {
        Map<String, long[]> shapes = PublishedManifests.shapes(preset);
        SparseFiles.write(dir.resolve("model.safetensors"), DType.F32, shapes);
        Files.writeString(dir.resolve("config.json"), "{\"model_name\": \"" + preset.id() + "\"}");
        for (Path path : List.of(dir, dir.resolve("model.safetensors"))) {
            try (Checkpoint checkpoint = Checkpoint.open(path)) {
                assertThat(checkpoint.config()).isEqualTo(preset.config());
                assertThat(checkpoint.preset()).contains(preset);
                assertThat(checkpoint.unexpected()).isEmpty();
                assertThat(checkpoint.files()).containsExactly(dir.resolve("model.safetensors"));
                assertThat(checkpoint.dtypes()).isEqualTo(Set.of(DType.F32));
                assertThat(checkpoint.storedBytes()).isEqualTo(4 * elements(shapes));
                assertThat(checkpoint.description()).isEqualTo(path.toString());
                assertThat(checkpoint.layout()).isEqualTo(LegacyKeys.Layout.PUBLISHED);
            }
        }
    }

    @Test
    void recognizesAPresetWithoutAConfiguration() throws IOException {
        Path file = SparseFiles.write(dir.resolve("mine.safetensors"), DType.BF16, shapes(Preset.DA3_GIANT));
        for (Path path : List.of(file, dir)) {
            try (Checkpoint checkpoint = Checkpoint.open(path)) {
                assertThat(checkpoint.preset()).contains(Preset.DA3_GIANT);
            }
        }
    }

    @Test
    void fileAndFolderNamesDistinguishMetricFromMono() throws IOException {
        Map<String, long[]> shapes = shapes(Preset.DA3METRIC_LARGE);
        Path folder = Files.createDirectory(dir.resolve("My-Metric"));
        assertPreset(SparseFiles.write(folder.resolve("model.safetensors"), DType.F16, shapes), Preset.DA3METRIC_LARGE);
        assertPreset(SparseFiles.write(dir.resolve("metric.safetensors"), DType.F16, shapes), Preset.DA3METRIC_LARGE);
        assertPreset(SparseFiles.write(dir.resolve("m.safetensors"), DType.F16, shapes), Preset.DA3MONO_LARGE);
    }

    @Test
    void listsMissingTensorsAndWrongShapes() throws IOException {
        Map<String, long[]> shapes = shapes(Preset.DA3_SMALL);
        shapes.keySet().removeIf(name -> name.contains("blocks.3."));
        shapes.put("model.cam_dec.fc_t.weight", new long[] {4, 768});
        shapes.put("model.backbone.pretrained.mask_token", new long[] {1, 384});
        shapes.put("model.extra", new long[] {1});
        Path file = SparseFiles.write(dir.resolve("m.safetensors"), DType.F32, shapes);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            Files.writeString(dir.resolve("config.json"), "{\"model_name\": \"da3-small\"}");
        }
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThatThrownBy(checkpoint::config)
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContainingAll(
                            file.toString(),
                            "no tensor model.backbone.pretrained.blocks.3.attn.qkv.weight of shape [1152, 384]",
                            "; and 10 more tensors");
            assertThat(checkpoint.unexpected()).containsExactly("model.extra");
        }
    }

    @Test
    void rejectsTheConfigurationOfAnotherModel() throws IOException {
        SparseFiles.write(dir.resolve("model.safetensors"), DType.F32, shapes(Preset.DA3_SMALL));
        Files.writeString(dir.resolve("config.json"), "{\"model_name\": \"da3-base\"}");
        try (Checkpoint checkpoint = Checkpoint.open(dir)) {
            assertThatThrownBy(checkpoint::preset)
                    .hasMessageContainingAll("cls_token", "must be [1, 1, 768], got [1, 1, 384]");
        }
    }

    @Test
    void readsTrainingLayouts() throws IOException {
        Map<String, long[]> training = new LinkedHashMap<>();
        shapes(Preset.DA3_GIANT).forEach((name, shape) -> training.put(inTraining(name), shape));
        training.put("module.net.pretrained.camera_token", new long[] {1, 5, 7});
        assertReadable(training, LegacyKeys.Layout.TRAINING, Preset.DA3_GIANT);

        Map<String, long[]> metric = new LinkedHashMap<>();
        shapes(Preset.DA3METRIC_LARGE)
                .forEach((name, shape) -> metric.put(inTraining(name).replace("module.", ""), shape));
        assertReadable(metric, LegacyKeys.Layout.TRAINING, Preset.DA3MONO_LARGE);

        Map<String, long[]> bare = new LinkedHashMap<>();
        shapes(Preset.DA3NESTED_GIANT_LARGE).forEach((name, shape) -> bare.put(name.replace("model.", ""), shape));
        assertReadable(bare, LegacyKeys.Layout.BARE, Preset.DA3NESTED_GIANT_LARGE);
    }

    @Test
    void readsFilesBeyondTwoGibibytes() throws IOException {
        Map<String, long[]> shapes = shapes(Preset.DA3NESTED_GIANT_LARGE);
        shapes.put("last", new long[] {3});
        Path file = SparseFiles.write(dir.resolve("m.safetensors"), DType.F32, shapes);
        assertThat(Files.size(file)).isGreaterThan(6L << 30);
        try (RandomAccessFile end = new RandomAccessFile(file.toFile(), "rw")) {
            end.seek(end.length() - 4);
            end.writeInt(Integer.reverseBytes(Float.floatToIntBits(1.5f)));
        }
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            FloatBuffer values = FloatBuffer.allocate(3);
            checkpoint.read("last", new int[] {3}, values);
            assertThat(values.array()).containsExactly(0, 0, 1.5f);
            assertThat(checkpoint.unexpected()).doesNotContain("last").isNotEmpty();
        }
    }

    private void assertReadable(Map<String, long[]> shapes, LegacyKeys.Layout layout, Preset preset)
            throws IOException {
        Path file = SparseFiles.write(dir.resolve("m.safetensors"), DType.F16, shapes);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.layout()).isEqualTo(layout);
            assertThat(checkpoint.preset()).contains(preset);
            assertThat(checkpoint.unexpected()).isEmpty();
        }
    }

    /** Returns the training name of a published name. */
    private static String inTraining(String name) {
        return name.replace("model.backbone.pretrained.camera_token", "model.net.pretrained.camera_token_extra")
                .replace("model.backbone.", "model.net.")
                .replace("model.cam_enc.", "model.all_heads.camera_cond_head.")
                .replace("model.cam_dec.backbone.", "model.all_heads.camera_head.more_mlps.")
                .replace(".fc_qvec.", ".fc_rot.")
                .replace("model.cam_dec.", "model.all_heads.camera_head.")
                .replace("model.head.", "model.all_heads.head.")
                .replace("sky_output_conv2", "output_conv2_additional.sky_mask")
                .replace("_aux.", "_ray.")
                .replace("model.gs_head.", "model.gaussian_param_head.")
                .replace("model.", "module.");
    }

    private static void assertPreset(Path file, Preset preset) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.preset()).contains(preset);
        }
    }

    private static Map<String, long[]> shapes(Preset preset) throws IOException {
        return PublishedManifests.shapes(preset);
    }

    private static long elements(Map<String, long[]> shapes) {
        long sum = 0;
        for (long[] shape : new ArrayList<>(shapes.values())) {
            long product = 1;
            for (long length : shape) {
                product *= length;
            }
            sum += product;
        }
        return sum;
    }
}
