package da3.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubIdTest {

    @Test
    void theDefaultRevisionIsMain() {
        assertThat(HubId.parse("depth-anything/DA3-BASE")).isEqualTo(new HubId("depth-anything", "DA3-BASE", "main"));
        assertThat(HubId.parse("a/b@refs/pr/1")).isEqualTo(new HubId("a", "b", "refs/pr/1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"depth-anything/DA3-LARGE-1.1", "a/b@v1.0", "a/b@refs/pr/1", "_a/b_"})
    void toStringCanBeParsed(String text) {
        assertThat(HubId.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "model",
                "/model",
                "owner/",
                "a/b/c",
                "../b",
                "a/..",
                "a/.",
                "a/.b",
                "a/-b",
                "a/b-",
                "a/b.",
                "a--b/c",
                "a/b..c",
                "a/b.git",
                "a\\b/c",
                "C:/b",
                "a/b\0",
                "a/b\n",
                "a/é",
                "a b/c",
                "a/b@",
                "a/b@..",
                "a/b@../c",
                "a/b@x/../y",
                "a/b@/x",
                "a/b@x/",
                "a/b@x//y",
                "a/b@.x",
                "a/b@x.lock",
                "a/b@x.",
                "a/b@C:\\x",
                "a/b@nul",
                "a/b@x@y",
                "a/b@x%2e",
                "a/b@x?y"
            })
    void rejectsNamesThatCouldLeaveTheCache(String text) {
        assertThatThrownBy(() -> HubId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be");
    }

    @Test
    void messagesHaveNoControlCharacters() {
        assertThatThrownBy(() -> HubId.parse("a/\u001b[2J")).hasMessageContaining("'?[2J'");
    }

    @Test
    void lengthIsBounded() {
        assertThat(HubId.parse("a/" + "b".repeat(96)).name()).hasSize(96);
        assertThatThrownBy(() -> HubId.parse("a/" + "b".repeat(97))).hasMessageContaining("96");
    }

    @Test
    void aValidIdStaysInTheCache() {
        Path root = Path.of("/cache");
        assertThat(new HubCache(root).ref(HubId.parse("a/b@refs/pr/1")).normalize())
                .isEqualTo(root.resolve("models--a--b/refs/refs/pr/1"));
    }
}
