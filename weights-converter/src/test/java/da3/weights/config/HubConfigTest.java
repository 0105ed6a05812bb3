package da3.weights.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.nn.BackboneConfig;
import da3.nn.ModelConfig;
import da3.nn.ModelConfig.DepthUnit;
import da3.nn.Preset;
import da3.nn.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HubConfigTest {

    @TempDir
    Path dir;

    @ParameterizedTest
    @EnumSource(value = Preset.class, names = "DA3_TINY", mode = EnumSource.Mode.EXCLUDE) // not published
    void theTreeOfAPresetIsItsConfiguration(Preset preset) throws IOException {
        ObjectNode json = published(preset);
        HubConfig both = HubConfig.of(json, "config.json");
        assertThat(both.model()).isEqualTo(preset.config());
        assertThat(both.modelName()).contains(preset.id());
        json.remove("model_name");
        assertThat(HubConfig.of(json, "config.json"))
                .isEqualTo(new HubConfig(preset.config().withDepthUnit(DepthUnit.ARBITRARY), Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(value = Preset.class, names = "DA3_TINY", mode = EnumSource.Mode.EXCLUDE) // not published
    void aNameIsEnough(Preset preset) throws IOException {
        Path file = Files.writeString(
                dir.resolve("config.json"), "{\"model_name\": \"" + preset.id() + "\", \"repo_url\": \"x\"}");
        assertThat(HubConfig.read(file).model()).isEqualTo(preset.config());
    }

    @Test
    void theTreeWins() throws IOException {
        ObjectNode json = published(Preset.DA3_BASE);
        json.put("model_name", "a-fork");
        assertThat(HubConfig.of(json, "x").model()).isEqualTo(Preset.DA3_BASE.config());
    }

    /** Every argument that the reference gives a default, left out; and null where that is Python's default. */
    @Test
    void defaultsAreThoseOfTheClasses() throws IOException {
        ObjectNode json = published(Preset.DA3_LARGE);
        remove(json, "/config/head", "output_dim", "features", "out_channels");
        remove(json, "/config/cam_enc", "dim_out");
        remove(json, "/config/net", "cat_token");
        ((ObjectNode) json.at("/config")).putNull("gs_head");
        assertThat(HubConfig.of(json, "x").model()).isEqualTo(Preset.DA3_LARGE.config());
        ObjectNode base = published(Preset.DA3_BASE);
        remove(base, "/config/cam_dec", "dim_in");
        assertThat(HubConfig.of(base, "x").model()).isEqualTo(Preset.DA3_BASE.config());
        ObjectNode mono = published(Preset.DA3MONO_LARGE);
        remove(mono, "/config/net", "alt_start", "qknorm_start", "rope_start");
        assertThat(HubConfig.of(mono, "x").model()).isEqualTo(Preset.DA3MONO_LARGE.config());
        ObjectNode giant = published(Preset.DA3_GIANT);
        remove(giant, "/config/gs_adapter", "pred_color", "pred_offset_xy", "gaussian_scale_min", "gaussian_scale_max");
        assertThat(HubConfig.of(giant, "x").model()).isEqualTo(Preset.DA3_GIANT.config());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/config/net              | name          | \"vith\"        | c.config.net.name is 'vith'; legal: vits, vitb",
                "/config/net              | out_layers    | [1,2,3]         | legal: four whole numbers",
                "/config/net              | out_layers    | [1,2,3,40]      | out_layers is 40; legal: a whole number from 0 to 39",
                "/config/net              | alt_start     | 99999999999     | alt_start is 99999999999; legal: a whole number",
                "/config/net              | cat_token     | \"yes\"         | legal: true or false",
                "/config/net              | cat_token     | false           | head.dim_in is 3072; legal: 1536",
                "/config/net              | register      | 4               | unknown key 'register'; legal: [__object__, alt_start",
                "/config/net/__object__   | name          | \"Popen\"       | dinov2.dinov2.Popen; legal: depth_anything_3.model",
                "/config/net/__object__   | path          | \"os\"          | os.DinoV2; legal:",
                "/config/net/__object__   | args          | \"as_config\"   | legal: as_params",
                "/config/net/__object__   | x             | 1               | unknown key 'x'",
                "/config/net              | __object__    | null            | c.config.net lacks '__object__'",
                "/config/head             | dim_in        | null            | c.config.head lacks 'dim_in'",
                "/config/head             | features      | -4              | features is -4; legal: a whole number from 8",
                "/config/head             | activation    | \"relu\"        | legal: exp",
                "/config/head             | aux_out1_conv_num | 2           | auxConvolutions is 2; legal: 1, 3, 5",
                "/config/head             | aux_pyramid_levels | 3          | legal: 4",
                "/config/head             | head_names    | [\"a\"]         | legal: [depth, ray]",
                "/config/head             | down_ratio    | 2               | down_ratio is 2; legal: 1",
                "/config/head             | pos_embed     | 1               | legal: true or false",
                "/config/cam_enc          | num_heads     | 7               | 7 heads do not divide 1536",
                "/config/cam_enc          | trunk_depth   | 2000000000      | legal: a whole number from 1 to 64",
                "/config/cam_enc          | dim_out       | 384             | cam_enc.dim_out is 384; legal: 1536",
                "/config/cam_dec          | dim_in        | 384             | cam_dec.dim_in is 384; legal: 3072",
                "/config                  | cam_enc       | null            | cam_enc with cam_dec",
                "/config                  | gs_adapter    | null            | gs_head with gs_adapter",
                "/config                  | extra         | {}              | unknown key 'extra'",
                "/config                  | head          | [1]             | c.config.head is [1]; legal: an object",
                "/config/gs_head          | output_dim    | 11              | output_dim is 11; legal: 38",
                "/config/gs_head          | output_dim    | null            | gs_head lacks 'output_dim'",
                "/config/gs_adapter       | pred_color    | true            | pred_color is true; legal: false",
                "/config/gs_adapter       | gaussian_scale_max | \"1\"      | legal: a number",
                "/config/gs_adapter       | gaussian_scale_max | -1         | above 0",
            })
    void whatIsNotSupportedIsNamed(String at, String key, String value, String message) throws IOException {
        ObjectNode json = published(Preset.DA3_GIANT);
        JsonNode changed = new JsonMapper().readTree(value);
        ((ObjectNode) json.at(at)).set(key, changed);
        assertThatThrownBy(() -> HubConfig.of(json, "c"))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aBackboneOfItsOwnSizeAndAProcessingSizeAreAnExtension() throws IOException {
        ObjectNode json = published(Preset.DA3_SMALL);
        ((ObjectNode) json.at("/config")).put("process_res", 168);
        ((ObjectNode) json.at("/config/net"))
                .put("name", "custom")
                .put("img_size", 224)
                .put("embed_dim", 384)
                .put("depth", 14)
                .put("num_heads", 3);
        ModelConfig model = HubConfig.of(json, "c").model();
        assertThat(model.processingSize()).isEqualTo(168);
        assertThat(model.main().backbone())
                .returns(224, BackboneConfig::imageSize)
                .returns(384, BackboneConfig::embedDim)
                .returns(14, BackboneConfig::depth)
                .returns(3, BackboneConfig::numHeads)
                .returns(4 * 384, BackboneConfig::ffnHidden);
        ((ObjectNode) json.at("/config/net")).remove("img_size");
        assertThatThrownBy(() -> HubConfig.of(json, "c"))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("img_size");
    }

    @Test
    void badFilesAreRefused() throws IOException {
        refused("{\"model_name\": \"da3-huge\"}", "preset must be one of da3-small");
        refused("{}", "neither model_name nor config");
        refused("[]", "legal: an object");
        refused("", "legal: an object");
        refused("{\"model_name\": \"da3-small\", \"model_name\": \"da3-base\"}", "Duplicate");
        refused("{\"x\":".repeat(100), "not JSON");
        refused("{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", "not JSON");
        refused(" ".repeat(2 << 20), "longer than 1048576 bytes");
        refused("{\"model_name\": 7}", "model_name is 7; legal: text");
    }

    private void refused(String json, String message) throws IOException {
        Path file = Files.writeString(dir.resolve("config.json"), json);
        assertThatThrownBy(() -> HubConfig.read(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    private static void remove(ObjectNode json, String at, String... keys) {
        for (String key : keys) {
            assertThat(((ObjectNode) json.at(at)).remove(key)).as(key).isNotNull();
        }
    }

    private static ObjectNode published(Preset preset) throws IOException {
        return (ObjectNode) new JsonMapper()
                .readTree(HubConfigTest.class.getResourceAsStream("/da3/weights/config/" + preset.id() + ".json"));
    }
}
