package da3.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.Output;
import da3.nn.Preset;
import da3.onnx.OnnxExport;
import da3.onnx.OnnxOptions;
import da3.weights.SeededWeights;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxRuntimePeerTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void runsExportedModels(OnnxOptions.Quantization quantization) throws Exception {
        Path file = folder.resolve("tiny.onnx");
        OnnxOptions options = OnnxOptions.of(2, 28, 42)
                .withOutputs(Set.of(Output.DEPTH, Output.CAMERA))
                .withQuantization(quantization);
        try (SeededWeights weights = new SeededWeights()) {
            OnnxExport.write(Preset.DA3_TINY.config(), weights, options, file);
        }
        try (OnnxRuntimePeer peer = new OnnxRuntimePeer(file, 2)) {
            assertThat(peer.run()).hasSize(2 * 28 * 42);
            assertThat(peer.time(2, 0)).hasSize(2).isSorted();
        }
    }

    @Test
    void missingArgumentsAreNamed() {
        assertThatThrownBy(() -> OnnxRuntimePeer.main(new String[] {"tiny.onnx"}))
                .hasMessage("arguments must be MODEL.onnx REPEATS THREADS SECONDS, got [tiny.onnx]");
    }
}
