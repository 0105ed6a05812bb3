package da3.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {

    @TempDir
    Path home;

    @Test
    void theDefaultIsThePublicHub() throws HubException {
        HubSettings settings = HubSettings.fromEnvironment(Map.of("HF_HOME", " "), home);
        assertThat(settings.endpoint()).isEqualTo(URI.create("https://huggingface.co"));
        assertThat(settings.cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
        assertThat(settings.token()).isEmpty();
        assertThat(settings.offline()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "XDG_CACHE_HOME=/x, /x/huggingface/hub",
        "XDG_CACHE_HOME=/x;HF_HOME=/h, /h/hub",
        "HF_HOME=/h;HUGGINGFACE_HUB_CACHE=/old, /old",
        "HUGGINGFACE_HUB_CACHE=/old;HF_HUB_CACHE=/new, /new",
    })
    void usesTheCacheOfOtherClients(String environment, Path cache) throws HubException {
        assertThat(HubSettings.fromEnvironment(variables(environment), home).cache())
                .isEqualTo(cache);
    }

    @Test
    void expandsATilde() throws HubException {
        assertThat(HubSettings.fromEnvironment(Map.of("HF_HOME", "~/h"), home).cache())
                .isEqualTo(home.resolve("h/hub"));
    }

    @Test
    void readsTheTokenFromTheEnvironmentOrAFile() throws IOException {
        Path file = home.resolve(".cache/huggingface/token");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "hf_file\n");
        Files.writeString(home.resolve("other"), "hf_other");
        String path = "HF_TOKEN_PATH=" + home.resolve("other");
        assertThat(token("")).contains("hf_file");
        assertThat(token(path)).contains("hf_other");
        assertThat(token("HUGGING_FACE_HUB_TOKEN=hf_old;" + path)).contains("hf_old");
        assertThat(token("HUGGING_FACE_HUB_TOKEN=hf_old;HF_TOKEN=hf_new")).contains("hf_new");
        assertThat(token("HF_TOKEN=hf_new;HF_HUB_DISABLE_IMPLICIT_TOKEN=1")).isEmpty();
    }

    @Test
    void neverShowsTheToken() throws HubException {
        assertThat(HubSettings.fromEnvironment(Map.of("HF_TOKEN", "hf_secret"), home))
                .asString()
                .contains("token=set")
                .doesNotContain("secret");
        assertThatThrownBy(() -> token("HF_TOKEN=hf\r\nsecret"))
                .hasMessageContaining("visible ASCII")
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "ON, true", "yes, true", "True, true", "0, false", "off, false"})
    void readsFlags(String value, boolean offline) throws HubException {
        assertThat(HubSettings.fromEnvironment(Map.of("HF_HUB_OFFLINE", value), home)
                        .offline())
                .isEqualTo(offline);
    }

    @Test
    void anEndpointMayHaveAPath() throws HubException {
        assertThat(HubSettings.fromEnvironment(Map.of("HF_ENDPOINT", "https://mirror.example/hf/"), home)
                        .endpoint())
                .isEqualTo(URI.create("https://mirror.example/hf"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://a",
                "a",
                "file:///etc",
                "https://",
                "https://a?b",
                "https://a#b",
                "https://u:secret@a",
                "https://a b"
            })
    void rejectsInvalidEndpoints(String endpoint) {
        assertThatThrownBy(() -> HubSettings.fromEnvironment(Map.of("HF_ENDPOINT", endpoint), home))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be")
                .message()
                .doesNotContain("secret");
    }

    private Optional<String> token(String environment) throws HubException {
        return HubSettings.fromEnvironment(variables(environment), home).token();
    }

    private static Map<String, String> variables(String text) {
        Map<String, String> variables = new HashMap<>();
        for (String variable : text.split(";")) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                variables.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        return variables;
    }
}
