package da3.train.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import da3.nn.LoraUpdate;
import da3.weights.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeftFilesTest {

    private static final String QKV = "model.backbone.pretrained.blocks.0.attn.qkv";
    private static final String HEAD = "model.cam_dec.fc_t.weight";

    @TempDir
    Path folder;

    private static LoraAdapter adapter() {
        Map<String, int[]> shapes = new TreeMap<>(Map.of(
                QKV + ".weight",
                new int[] {12, 4},
                QKV + ".bias",
                new int[] {12},
                "model.backbone.pretrained.patch_embed.proj.weight",
                new int[] {4, 3, 14, 14}));
        LoraOptions options = new LoraOptions(2, 4, LoraOptions.DEFAULT_TARGETS);
        Map<String, LoraAdapter.Tensor> tensors = LoraInitialization.tensors(options, shapes, 5);
        tensors.get(LoraUpdate.nameOfB(QKV)).values()[3] = 0.1f;
        tensors.put(HEAD, new LoraAdapter.Tensor(new int[] {3, 4}, new float[12]));
        return new LoraAdapter(options, tensors, new BaseModel("owner/base", Optional.of("CC-BY-NC-4.0")));
    }

    @Test
    void namesAndKeysAreThoseOfPeft() throws IOException {
        PeftFiles.write(folder, adapter());
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("adapter_model.safetensors"))) {
            assertThat(file.tensors().keySet())
                    .containsExactlyInAnyOrder(
                            "base_model.model." + QKV + ".lora_A.weight",
                            "base_model.model." + QKV + ".lora_B.weight",
                            "base_model.model." + HEAD);
        }
        JsonNode config = new ObjectMapper()
                .readTree(folder.resolve("adapter_config.json").toFile());
        assertThat(config.path("peft_type").asText()).isEqualTo("LORA");
        assertThat(config.path("r").asInt()).isEqualTo(2);
        assertThat(config.path("lora_alpha").asDouble()).isEqualTo(4);
        assertThat(config.path("target_modules").toString()).isEqualTo("[\"qkv\",\"proj\",\"fc1\",\"fc2\"]");
        assertThat(config.path("modules_to_save").toString()).isEqualTo("[\"model.cam_dec.fc_t\"]");
        assertThat(config.path("base_model_name_or_path").asText()).isEqualTo("owner/base");
        assertThat(config.path("license").asText()).isEqualTo("CC-BY-NC-4.0");
    }

    @Test
    void anAdapterRoundTrips() throws IOException {
        LoraAdapter written = adapter();
        PeftFiles.write(folder, written);
        LoraAdapter read = PeftFiles.read(folder);
        assertThat(read.options()).isEqualTo(written.options());
        assertThat(read.base()).isEqualTo(written.base());
        assertThat(read.tensors().keySet()).isEqualTo(written.tensors().keySet());
        written.tensors().forEach((name, tensor) -> {
            assertThat(read.tensors().get(name).shape()).isEqualTo(tensor.shape());
            assertThat(read.tensors().get(name).values()).isEqualTo(tensor.values());
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"LORA\"' | '\"IA3\"' | peft_type in | must be LORA",
                "'\"r\" : 2' | '\"r\" : 0' | r in | must be a whole number of at least 1",
                "'\"bias\" : \"none\"' | '\"bias\" : \"all\"' | bias in | must be none",
                "'\"fan_in_fan_out\" : false' | '\"use_dora\" : true' | use_dora in | must be false",
                "'\"fan_in_fan_out\" : false' | '\"rank_pattern\" : {\"qkv\" : 4}' | rank_pattern in | must be empty"
            })
    void rejectsOtherKindsOfAdapters(String key, String other, String name, String requirement) throws IOException {
        PeftFiles.write(folder, adapter());
        Path config = folder.resolve("adapter_config.json");
        Files.writeString(config, Files.readString(config).replace(key, other));
        assertThatThrownBy(() -> PeftFiles.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(name)
                .hasMessageContaining(requirement);
    }

    @Test
    void rejectsHalfAnUpdate() throws IOException {
        LoraAdapter whole = adapter();
        Map<String, LoraAdapter.Tensor> half = new TreeMap<>(whole.tensors());
        half.remove(LoraUpdate.nameOfA(QKV));
        PeftFiles.write(folder, new LoraAdapter(whole.options(), half, whole.base()));
        assertThatThrownBy(() -> PeftFiles.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("must have both matrices of an update, got no " + LoraUpdate.nameOfA(QKV));
    }

    @Test
    void rejectsAnAdapterOfAnotherNetwork() {
        LoraAdapter adapter = adapter();
        assertThatThrownBy(() -> adapter.requireFits(Map.of(HEAD, new int[] {3, 4})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be for tensors of the base, got " + QKV);
        assertThatThrownBy(() -> adapter.applied(QKV + ".weight", new int[] {12, 5}, new float[60]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be [2, 5], got [2, 4]");
    }

    @Test
    void onlyLinearMapsOfTheTargetsAreAdapted() {
        LoraOptions options = new LoraOptions(1, 1, List.of("proj"));
        assertThat(options.adapts("model.blocks.0.attn.proj.weight", new int[] {4, 4}))
                .isTrue();
        assertThat(options.adapts("model.blocks.0.attn.proj.bias", new int[] {4}))
                .isFalse();
        assertThat(options.adapts("model.blocks.0.attn.qproj.weight", new int[] {4, 4}))
                .isFalse();
        assertThat(options.adapts("model.patch_embed.proj.weight", new int[] {4, 3, 14, 14}))
                .isFalse();
    }
}
