package da3.weights.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.ModelConfig;
import da3.nn.Preset;
import da3.nn.WeightsException;
import da3.weights.safetensors.TensorInfo;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PresetRecognitionTest {

    @ParameterizedTest
    @EnumSource(
            value = Preset.class,
            names = {"DA3_TINY", "DA3MONO_TINY"},
            mode = EnumSource.Mode.EXCLUDE) // not published
    void recognizesPublishedModels(Preset preset) throws IOException {
        Map<String, TensorInfo> tensors = PublishedManifests.tensors(preset);
        assertThat(PresetRecognition.of(tensors, preset.id(), "x")).isEqualTo(preset);
        assertThat(PresetRecognition.of(preset.config(), preset.id())).contains(preset);
    }

    @Test
    void onlyTheNameDistinguishesMetricFromMono() throws IOException {
        Map<String, TensorInfo> tensors = PublishedManifests.tensors(Preset.DA3METRIC_LARGE);
        assertThat(PresetRecognition.of(tensors, "model.safetensors", "x")).isEqualTo(Preset.DA3MONO_LARGE);
        assertThat(PresetRecognition.of(tensors, "DA3METRIC-LARGE", "x")).isEqualTo(Preset.DA3METRIC_LARGE);
    }

    @Test
    void anObjectMaskDistinguishesATeacher() throws IOException {
        Map<String, TensorInfo> tensors = PublishedManifests.tensors(Preset.DA3MONO_LARGE);
        String sky = "model.head.scratch.sky_output_conv2.2.bias";
        tensors.put(sky.replace("sky", "object"), tensors.get(sky));
        assertThatThrownBy(() -> PresetRecognition.of(tensors, "mono", "x"))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("24 blocks of 1024 channels, depth, sky and objects. Presets:")
                .hasMessageContaining("da3mono-tiny (12 blocks of 192 channels, depth, sky and objects)");
    }

    @Test
    void aConfigurationMayStateTheDepthUnit() {
        ModelConfig metric = Preset.DA3MONO_TINY.config().withDepthUnit(ModelConfig.DepthUnit.METERS_AT_FOCAL_300);
        assertThat(PresetRecognition.of(metric, "da3mono-tiny")).isEmpty();
        assertThat(PresetRecognition.of(Preset.DA3METRIC_LARGE.config(), "large"))
                .contains(Preset.DA3METRIC_LARGE);
    }

    @Test
    void tensorsTakePrecedenceOverTheName() throws IOException {
        assertThat(PresetRecognition.of(PublishedManifests.tensors(Preset.DA3_SMALL), "metric", "x"))
                .isEqualTo(Preset.DA3_SMALL);
    }

    @Test
    void recognizesAPresetWithAMissingTensor() throws IOException {
        Map<String, TensorInfo> tensors = PublishedManifests.tensors(Preset.DA3_BASE);
        tensors.remove("model.backbone.pretrained.blocks.3.norm1.weight");
        tensors.remove("model.cam_dec.fc_t.weight");
        assertThat(PresetRecognition.of(tensors, "", "x")).isEqualTo(Preset.DA3_BASE);
    }

    @Test
    void describesUnknownModels() throws IOException {
        Map<String, TensorInfo> tensors = PublishedManifests.tensors(Preset.DA3_SMALL);
        tensors.keySet().removeIf(name -> name.contains("cam_"));
        assertThatThrownBy(() -> PresetRecognition.of(tensors, "", "my.safetensors"))
                .isInstanceOf(WeightsException.class)
                .hasMessageContainingAll(
                        "my.safetensors",
                        "12 blocks of 384 channels, depth and rays. Presets: ",
                        "da3-small (12 blocks of 384 channels, depth and rays, cameras)");
        assertThatThrownBy(() -> PresetRecognition.of(Map.of(), "", "x")).hasMessageContaining("no backbone");
    }
}
