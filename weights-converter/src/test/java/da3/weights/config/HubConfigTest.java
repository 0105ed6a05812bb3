package da3.weights.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.nn.BackboneConfig;
import da3.nn.DptConfig;
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
    @EnumSource(
            value = Preset.class,
            names = {"DA3_TINY", "DA3MONO_TINY"},
            mode = EnumSource.Mode.EXCLUDE) // not published
    void readsTheTreeOfAPreset(Preset preset) throws IOException {
        ObjectNode json = published(preset);
        HubConfig both = HubConfig.of(json, "config.json");
        assertThat(both.model()).isEqualTo(preset.config());
        assertThat(both.modelName()).contains(preset.id());
        json.remove("model_name");
        assertThat(HubConfig.of(json, "config.json"))
                .isEqualTo(new HubConfig(preset.config().withDepthUnit(DepthUnit.ARBITRARY), Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Preset.class,
            names = {"DA3_TINY", "DA3MONO_TINY"},
            mode = EnumSource.Mode.EXCLUDE) // not published
    void readsAName(Preset preset) throws IOException {
        Path file = Files.writeString(
                dir.resolve("config.json"), "{\"model_name\": \"" + preset.id() + "\", \"repo_url\": \"x\"}");
        assertThat(HubConfig.read(file).model()).isEqualTo(preset.config());
    }

    @Test
    void theTreeTakesPrecedence() throws IOException {
        ObjectNode json = published(Preset.DA3_BASE);
        json.put("model_name", "a-fork");
        assertThat(HubConfig.of(json, "x").model()).isEqualTo(Preset.DA3_BASE.config());
    }

    /** Omits all arguments with defaults in the reference; null where that is the default in Python. */
    @Test
    void usesTheDefaultsOfTheReference() throws IOException {
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
                "/config/net              | name          | \"vith\"        | c.config.net.name must be one of vits, vitb",
                "/config/net              | out_layers    | [1,2,3]         | must be four whole numbers",
                "/config/net              | out_layers    | [1,2,3,40]      | out_layers must be a whole number from 0 to 39",
                "/config/net              | alt_start     | 99999999999     | alt_start must be a whole number",
                "/config/net              | cat_token     | \"yes\"         | must be true or false",
                "/config/net              | cat_token     | false           | head.dim_in must be 1536",
                "/config/net              | register      | 4               | keys of c.config.net must be among [__object__, alt_start",
                "/config/net/__object__   | name          | \"Popen\"       | got depth_anything_3.model.dinov2.dinov2.Popen",
                "/config/net/__object__   | path          | \"os\"          | got os.DinoV2",
                "/config/net/__object__   | args          | \"as_config\"   | must be as_params",
                "/config/net/__object__   | x             | 1               | got 'x'",
                "/config/net              | __object__    | null            | c.config.net lacks '__object__'",
                "/config/head             | dim_in        | null            | c.config.head lacks 'dim_in'",
                "/config/head             | features      | -4              | features must be a whole number from 8",
                "/config/head             | activation    | \"relu\"        | must be exp",
                "/config/head             | aux_out1_conv_num | 2           | auxConvolutions must be 1, 3 or 5, got 2",
                "/config/head             | aux_pyramid_levels | 3          | must be 4",
                "/config/head             | head_names    | [\"a\"]         | must be [depth, ray]",
                "/config/head             | down_ratio    | 2               | down_ratio must be 1",
                "/config/head             | pos_embed     | 1               | must be true or false",
                "/config/cam_enc          | num_heads     | 7               | num_heads must be a divisor of 1536, got 7",
                "/config/cam_enc          | trunk_depth   | 2000000000      | must be a whole number from 1 to 64",
                "/config/cam_enc          | dim_out       | 384             | cam_enc.dim_out must be 1536",
                "/config/cam_dec          | dim_in        | 384             | cam_dec.dim_in must be 3072",
                "/config                  | cam_enc       | null            | cam_enc and cam_dec together",
                "/config                  | gs_adapter    | null            | gs_head and gs_adapter together",
                "/config                  | extra         | {}              | got 'extra'",
                "/config                  | head          | [1]             | c.config.head must be an object",
                "/config/gs_head          | output_dim    | 11              | output_dim must be 38",
                "/config/gs_head          | output_dim    | null            | gs_head lacks 'output_dim'",
                "/config/gs_adapter       | pred_color    | true            | pred_color must be false",
                "/config/gs_adapter       | gaussian_scale_max | \"1\"      | must be a number",
                "/config/gs_adapter       | gaussian_scale_max | -1         | must be positive",
            })
    void namesUnsupportedValues(String at, String key, String value, String message) throws IOException {
        ObjectNode json = published(Preset.DA3_GIANT);
        JsonNode changed = new JsonMapper().readTree(value);
        ((ObjectNode) json.at(at)).set(key, changed);
        assertThatThrownBy(() -> HubConfig.of(json, "c"))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void readsAnObjectMaskAsAnExtension() throws IOException {
        ObjectNode json = published(Preset.DA3MONO_LARGE);
        ObjectNode head = (ObjectNode) json.at("/config/head");
        head.put("use_object_head", true);
        assertThat(HubConfig.of(json, "x").model().main().head().kind())
                .isEqualTo(DptConfig.Kind.DEPTH_SKY_AND_OBJECTS);
        head.put("use_sky_head", false);
        assertThatThrownBy(() -> HubConfig.of(json, "x"))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("use_sky_head must be true with use_object_head, got false");
    }

    @Test
    void readsCustomSizes() throws IOException {
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
    void rejectsInvalidFiles() throws IOException {
        assertRejected("{\"model_name\": \"da3-huge\"}", "preset must be one of da3-small");
        assertRejected("{}", "neither model_name nor config");
        assertRejected("[]", "must be an object");
        assertRejected("", "must be an object");
        assertRejected("{\"model_name\": \"da3-small\", \"model_name\": \"da3-base\"}", "Duplicate");
        assertRejected("{\"x\":".repeat(100), "not JSON");
        assertRejected("{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", "not JSON");
        assertRejected(" ".repeat(2 << 20), "longer than 1048576 bytes");
        assertRejected("{\"model_name\": 7}", "model_name must be text, got 7");
    }

    private void assertRejected(String json, String message) throws IOException {
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
