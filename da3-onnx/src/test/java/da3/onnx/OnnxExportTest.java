package da3.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.MediumNetworks;
import da3.nn.ModelConfig;
import da3.nn.Output;
import da3.nn.Preset;
import da3.weights.SeededWeights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares exported models in ONNX Runtime with the same networks on an engine of this project. */
class OnnxExportTest {

    /** Largest accepted difference relative to an output, as L2 norms. */
    private static final double TOLERANCE = 1e-5;

    @TempDir
    Path folder;

    @Test
    void tinyAnyViewModelOfOneView() throws Exception {
        assertEqual(Preset.DA3_TINY.config(), OnnxOptions.of(1, 56, 70));
    }

    @Test
    void tinyAnyViewModelOfThreeViewsWithTheFirstAsReference() throws Exception {
        assertEqual(Preset.DA3_TINY.config(), OnnxOptions.of(3, 42, 56));
    }

    @Test
    void tinyAnyViewModelWithGivenCameras() throws Exception {
        assertEqual(Preset.DA3_TINY.config(), OnnxOptions.of(2, 42, 28).withCameras(true));
    }

    @Test
    void smallAnyViewModelOfTwoViews() throws Exception {
        assertEqual(Preset.DA3_SMALL.config(), OnnxOptions.of(2, 56, 70));
    }

    @Test
    void monocularModelWithMasksOfSkyAndObjects() throws Exception {
        assertEqual(Preset.DA3MONO_TINY.config(), OnnxOptions.of(1, 56, 70));
    }

    @Test
    void metricModelOfTwoViews() throws Exception {
        ModelConfig config = new ModelConfig(MediumNetworks.mono(), Optional.empty())
                .withDepthUnit(ModelConfig.DepthUnit.METERS_AT_FOCAL_300);
        assertEqual(config, OnnxOptions.of(2, 42, 56));
    }

    @Test
    void modelWithGaussiansAndSwiGlu() throws Exception {
        assertEqual(new ModelConfig(MediumNetworks.anyView(true), Optional.empty()), OnnxOptions.of(2, 42, 56));
    }

    @Test
    void nestedModelHasTheOutputsOfBothNetworks() throws Exception {
        assertEqual(
                new ModelConfig(MediumNetworks.anyView(true), Optional.of(MediumNetworks.mono())),
                OnnxOptions.of(2, 42, 28).withOutputs(Set.of(Output.DEPTH, Output.CAMERA)));
    }

    /** Quantization must change the result, and only a little. */
    @Test
    void quantizedModelIsNearTheModelInFloat32() throws Exception {
        ModelConfig config = Preset.DA3_TINY.config();
        OnnxOptions options = OnnxOptions.of(1, 56, 70).withQuantization(OnnxOptions.Quantization.DYNAMIC_INT8);
        Map<String, float[]> inputs = inputs(options);
        Map<String, float[]> expected = EngineRun.outputs(config, options, inputs);
        Map<String, float[]> actual = OnnxRun.outputs(export(config, options), inputs);
        assertThat(relativeError(actual.get("depth"), expected.get("depth"))).isBetween(1e-4, 0.05);
        assertThat(relativeError(actual.get("pose_enc"), expected.get("pose_enc")))
                .isBetween(1e-5, 0.05);
    }

    @Test
    void largeModelsHaveTheirWeightsInAnotherFile() throws Exception {
        ModelConfig config = Preset.DA3_TINY.config();
        OnnxOptions options = OnnxOptions.of(1, 42, 28);
        Path file = folder.resolve("large.onnx");
        try (SeededWeights weights = new SeededWeights()) {
            Graph graph = OnnxExport.record(config, weights, options);
            assertThat(new OnnxFile(graph, file).write(1 << 20))
                    .containsExactly(file, folder.resolve("large.onnx.data"));
        }
        assertThat(Files.size(file)).isLessThan(1 << 20);
        Map<String, float[]> inputs = inputs(options);
        Map<String, float[]> inOneFile = OnnxRun.outputs(export(config, options), inputs);
        Map<String, float[]> inTwoFiles = OnnxRun.outputs(file, inputs);
        inOneFile.forEach((name, values) -> assertThat(inTwoFiles.get(name)).isEqualTo(values));
    }

    @Test
    void theSameModelIsTheSameFile() throws Exception {
        OnnxOptions options = OnnxOptions.of(2, 28, 42).withOverwrite(true);
        byte[] first = Files.readAllBytes(export(Preset.DA3_TINY.config(), options));
        assertThat(Files.readAllBytes(export(Preset.DA3_TINY.config(), options)))
                .isEqualTo(first);
    }

    @Test
    void onlyRequestedOutputsAreComputed() throws Exception {
        OnnxOptions options = OnnxOptions.of(1, 28, 28).withOutputs(Set.of(Output.DEPTH));
        Path file = export(Preset.DA3_TINY.config(), options);
        assertThat(OnnxRun.outputs(file, inputs(options))).containsOnlyKeys("depth", "depth_conf");
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("cam_dec", "cam_enc", "_aux");
    }

    @Test
    void whatAModelLacksIsRefused() {
        ModelConfig mono = Preset.DA3MONO_TINY.config();
        assertThatThrownBy(() -> export(mono, OnnxOptions.of(1, 28, 28).withOutputs(Set.of(Output.CAMERA))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("this model does not predict camera");
        assertThatThrownBy(() -> export(mono, OnnxOptions.of(1, 28, 28).withCameras(true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("this model does not accept cameras");
        assertThatThrownBy(() -> export(mono, OnnxOptions.of(1, 28, 30)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiples of 14, got 1 views of 28x30");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void existingFilesAreKept() throws Exception {
        OnnxOptions options = OnnxOptions.of(1, 28, 28);
        Files.writeString(folder.resolve("model.onnx.data"), "mine");
        assertThatThrownBy(() -> export(Preset.DA3_TINY.config(), options))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("model.onnx.data");
        export(Preset.DA3_TINY.config(), options.withOverwrite(true));
        try (SeededWeights weights = new SeededWeights()) {
            Path other = folder.resolve("model.pb");
            assertThatThrownBy(() -> OnnxExport.write(Preset.DA3_TINY.config(), weights, options, other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("target must be a file that ends in .onnx");
        }
    }

    private Path export(ModelConfig config, OnnxOptions options) throws IOException {
        Path file = folder.resolve("model.onnx");
        try (SeededWeights weights = new SeededWeights()) {
            assertThat(OnnxExport.write(config, weights, options, file)).containsExactly(file);
        }
        return file;
    }

    /** Exports a model with seeded weights and compares all outputs on random images. */
    private void assertEqual(ModelConfig config, OnnxOptions options) throws Exception {
        Map<String, float[]> inputs = inputs(options);
        Map<String, float[]> expected = EngineRun.outputs(config, options, inputs);
        Map<String, float[]> actual = OnnxRun.outputs(export(config, options), inputs);
        assertThat(actual).containsOnlyKeys(expected.keySet());
        expected.forEach((name, values) -> {
            assertThat(relativeError(actual.get(name), values)).as(name).isLessThan(TOLERANCE);
        });
    }

    private static Map<String, float[]> inputs(OnnxOptions options) {
        Random random = new Random(5);
        Map<String, float[]> inputs = new HashMap<>();
        float[] images = new float[options.views() * 3 * options.height() * options.width()];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        inputs.put("images", images);
        if (options.cameras()) {
            float[] encodings = new float[options.views() * 9];
            for (int i = 0; i < encodings.length; i++) {
                encodings[i] = random.nextFloat();
            }
            inputs.put("pose_encodings", encodings);
        }
        return inputs;
    }

    /** Returns the L2 norm of the difference relative to that of the expected values. */
    static double relativeError(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double difference = 0;
        double squares = 0;
        for (int i = 0; i < actual.length; i++) {
            difference += Math.pow((double) actual[i] - expected[i], 2);
            squares += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / squares);
    }
}
