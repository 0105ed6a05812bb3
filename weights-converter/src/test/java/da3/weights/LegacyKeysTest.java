package da3.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegacyKeysTest {

    @ParameterizedTest
    @CsvSource({
        "module.net.pretrained.norm.weight, model.backbone.pretrained.norm.weight",
        "net.pretrained.norm.weight, model.backbone.pretrained.norm.weight",
        "module.backbone.pretrained.norm.weight, model.backbone.pretrained.norm.weight",
        "module.net.pretrained.camera_token_extra, model.backbone.pretrained.camera_token",
        "module.all_heads.camera_cond_head.trunk.0.norm1.weight, model.cam_enc.trunk.0.norm1.weight",
        "module.all_heads.camera_head.more_mlps.2.bias, model.cam_dec.backbone.2.bias",
        "module.all_heads.camera_head.fc_rot.bias, model.cam_dec.fc_qvec.bias",
        "module.all_heads.head.scratch.refinenet1_ray.out_conv.bias, model.head.scratch.refinenet1_aux.out_conv.bias",
        "module.all_heads.head.scratch.output_conv2_ray.3.5.bias, model.head.scratch.output_conv2_aux.3.5.bias",
        "head.scratch.output_conv2_additional.sky_mask.2.bias, model.head.scratch.sky_output_conv2.2.bias",
        "module.gaussian_param_head.projects.0.bias, model.gs_head.projects.0.bias",
        "gaussian_param_head.projects.0.bias, model.gs_head.projects.0.bias",
        "module.other, model.other",
    })
    void mapsTrainingNames(String stored, String today) {
        LegacyKeys keys = LegacyKeys.of(List.of("module.x", stored));
        assertThat(keys.layout()).isEqualTo(LegacyKeys.Layout.TRAINING);
        assertThat(keys.currentName(stored)).contains(today);
    }

    @Test
    void keepsPublishedAndUnknownNames() {
        List<String> names = List.of("model.head.scratch.output_conv2_aux.3.2.bias", "w", "x_ray.y");
        LegacyKeys keys = LegacyKeys.of(names);
        assertThat(keys.layout()).isEqualTo(LegacyKeys.Layout.PUBLISHED);
        assertThat(names).allSatisfy(name -> assertThat(keys.currentName(name)).contains(name));
    }

    @Test
    void addsThePrefixToBareNames() {
        LegacyKeys keys = LegacyKeys.of(List.of("da3.cam_dec.fc_t.bias", "da3_metric.head.norm.bias"));
        assertThat(keys.layout()).isEqualTo(LegacyKeys.Layout.BARE);
        assertThat(keys.currentName("da3.cam_dec.fc_t.bias")).contains("model.da3.cam_dec.fc_t.bias");
        assertThat(keys.currentName("optimizer.step")).contains("optimizer.step");
    }

    @Test
    void theExtraTokenReplacesTheCameraToken() {
        String token = "module.net.pretrained.camera_token";
        assertThat(LegacyKeys.of(List.of(token, token + "_extra")).currentName(token))
                .isEmpty();
        assertThat(LegacyKeys.of(List.of(token)).currentName(token)).contains("model.backbone.pretrained.camera_token");
    }
}
