package da3.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import da3.nn.ModelConfig;
import da3.nn.Preset;
import da3.train.config.MonocularConfig;
import da3.train.config.SmallConfig;
import da3.train.model.MasterWeights;
import da3.train.model.ModelSettings;
import da3.weights.config.HubConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkConfigJsonTest {

    @TempDir
    Path folder;

    @Test
    void aModelRoundTripsWithItsProcessingSize() throws IOException {
        ModelConfig custom =
                SmallConfig.of("model.network.process_res=84").model().network().orElseThrow();
        assertThat(custom.processingSize()).isEqualTo(84);
        ModelConfig resized = Preset.DA3_SMALL.config().withProcessingSize(280);
        ModelSettings withHead = SmallConfig.of("model={checkpoint: 'seeded:da3-tiny', "
                        + "gaussian_head: {features: 24, channels: [8, 12, 16, 16], sh_degree: 1}}")
                .model();
        ModelConfig gaussians = MasterWeights.of(withHead, 1).config();
        assertThat(gaussians.main().gaussians()).isPresent();
        ModelConfig metric = MonocularConfig.of(folder, "model.monocular.depth_unit=meters_at_focal_300")
                .model()
                .network()
                .orElseThrow();
        ModelConfig ablation = SmallConfig.of(
                        "model.network.alt_start=-1",
                        "model.network.qk_norm_start=1",
                        "model.network.rope_start=2",
                        "model.network.separate_reassembly=true")
                .model()
                .network()
                .orElseThrow();
        assertThat(ablation.main().backbone().ropeStart()).isEqualTo(2);
        assertThat(ablation.main().head().separateReassembly()).isTrue();
        List<ModelConfig> models = List.of(
                custom, ablation, resized, gaussians, metric, Preset.DA3_TINY.config(), Preset.DA3MONO_TINY.config());
        for (ModelConfig model : models) {
            Path file = Files.write(folder.resolve("config.json"), NetworkConfigJson.of(model, Optional.empty()));
            assertThat(HubConfig.read(file).model()).isEqualTo(model);
        }
    }
}
