package da3.weights.hub;

import static da3.weights.hub.ScriptedHub.INDEX;
import static da3.weights.hub.ScriptedHub.WEIGHTS;
import static da3.weights.hub.ScriptedHub.bytes;
import static da3.weights.hub.ScriptedHub.chunks;
import static da3.weights.hub.ScriptedHub.saying;
import static da3.weights.hub.ScriptedHub.status;
import static da3.weights.hub.ScriptedHub.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.weights.hub.ScriptedHub.Door;
import da3.weights.hub.ScriptedHub.Script;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are wrong, refuse or attack: one sentence, at once, and a sound cache. */
class HubRefusalTest extends HubFixture {

    private static final byte[] OTHER = random(CONTENT.length, 2);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void httpErrors(String name, Door door, String file, Script script, String sentence) throws IOException {
        hub.always(door, file, script);
        assertThatThrownBy(() -> client().pull(ID, HubProgress.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining(sentence);
        assertThat(pauses).isEmpty();
        assertThat(cache.find(ID)).isEmpty();
        assertThat(cache.ref(ID)).doesNotExist();
        assertThat(files("blobs")).noneMatch(path -> path.toString().endsWith(".incomplete"));
        assertCacheIsSound();
    }

    static Stream<Arguments> httpErrors() {
        byte[] longer = Arrays.copyOf(CONTENT, CONTENT.length + 50_000);
        String other = "f".repeat(40);
        return Stream.of(
                // Bytes that are not those announced.
                storage("other bytes", bytes(OTHER), "expected SHA-256 " + ScriptedHub.sha256(CONTENT)),
                storage("other bytes, got", bytes(OTHER), "got " + ScriptedHub.sha256(OTHER)),
                storage("more, and says so", bytes(longer), "expected 300000 bytes, got 350000 bytes"),
                storage("fewer, and says so", bytes(text("gone")), "expected 300000 bytes, got 4 bytes"),
                storage("more, and does not say so", chunks(longer), "expected 300000 bytes, got more"),
                get("a small file with other bytes", bytes(new byte[CONFIG.length]), "expected SHA-1"),
                get("a small file with more bytes", chunks(new byte[CONFIG.length + 1]), "got more"),
                // HttpErrors of the hub.
                head(
                        "no token",
                        status(401),
                        "answered 401 for config.json of owner/model: the model is gated or "
                                + "private; HF_TOKEN takes an access token"),
                head("gated", status(403, "X-Error-Code", "GatedRepo"), "gated or private"),
                head("hidden", status(401, "X-Error-Code", "RepoNotFound"), "there is no such model, or it is private"),
                head("no model", status(404, "X-Error-Code", "RepoNotFound"), "has no model owner/model"),
                head("no revision", status(404, "X-Error-Code", "RevisionNotFound"), "has no revision main"),
                head("another status", status(418), "answered 418"),
                get("gone between two requests", status(404), "answered 404 for config.json"),
                // Redirects.
                head("a loop", status(307, "Location", "/owner/model/resolve/main/config.json"), "more than 10 times"),
                get("a loop of GET", status(302, "Location", "/x/config.json"), "more than 10 times"),
                get("to nowhere", status(302), "no Location"),
                get("to no address", status(302, "Location", "http://["), "is no address"),
                get("to a file", status(302, "Location", "file:///etc/passwd"), "redirects config.json to file://"),
                get("to another scheme", status(302, "Location", "ftp://localhost/x"), "ftp://localhost; legal"),
                get("with a user", status(302, "Location", "http://u:p@localhost/x"), "to a plain host"),
                // Headers that would become file names or sizes.
                head("no ETag", saying("ETag", ""), "says '' in X-Linked-ETag or ETag"),
                head("an ETag upwards", saying("ETag", "\"../../../evil\""), "../../../evil"),
                head("a short ETag", saying("ETag", "\"abc\""), "legal: 40 or 64 hexadecimal digits"),
                head("an ETag of capitals", saying("ETag", "A".repeat(40)), "legal: 40 or 64"),
                head("no commit", saying("X-Repo-Commit", ""), "says '' in X-Repo-Commit"),
                head("a commit upwards", saying("X-Repo-Commit", "../../evil"), "legal: 40 hexadecimal digits"),
                head(
                        "a commit after which another is pinned",
                        saying("X-Repo-Commit", other),
                        "legal: " + other + ", since all files are of one commit"),
                head("no size", saying("Content-Length", "", "Transfer-Encoding", "chunked"), "in X-Linked-Size"),
                head("a size below zero", saying("X-Linked-Size", "-1"), "says '-1' in X-Linked-Size"),
                head("a size beyond all", saying("X-Linked-Size", "9".repeat(30)), "at most 15 digits"),
                head("a size beyond the disk", saying("X-Linked-Size", "9".repeat(15)), "HF_HUB_CACHE"),
                Arguments.of("nothing there", Door.HEAD, WEIGHTS, status(404), "has neither model.safetensors nor"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../../evil.safetensors",
                "a/b.safetensors",
                "/tmp/evil.safetensors",
                "..\\\\evil.safetensors",
                "C:evil.safetensors",
                "model.bin",
                ".safetensors",
                "..safetensors",
                "nul.safetensors",
                "config.json",
                "a\\u0000.safetensors",
                "a?b.safetensors",
                ""
            })
    void anIndexNamesOnlyPlainFiles(String shard) throws IOException {
        sharded("{\"weight_map\": {\"a\": \"" + shard + "\"}}");
        assertRefused("; legal: letters, digits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "", "[1]", "{\"weight_map\": {}}", "{\"weight_map\": {\"a\": 1}}", "{\"weight_map\": 1}"})
    void anIndexIsOne(String index) throws IOException {
        sharded(index);
        assertRefused(INDEX);
    }

    @Test
    void deepIndexesAreRefused() throws IOException {
        sharded("[".repeat(100_000));
        assertRefused("not JSON");
    }

    @Test
    void aShardMustBeThere() throws IOException {
        sharded("{\"weight_map\": {\"a\": \"model-1.safetensors\"}}");
        assertRefused("names model-1.safetensors, which the hub does not have");
    }

    @Test
    void anIndexIsNotReadWhateverItsSize() throws IOException {
        sharded("{}");
        hub.always(Door.HEAD, INDEX, saying("Content-Length", "", "X-Linked-Size", "99999999"));
        assertRefused("99999999 bytes; legal: at most");
    }

    private void sharded(String index) {
        hub.always(Door.HEAD, WEIGHTS, status(404, "X-Repo-Commit", ScriptedHub.COMMIT));
        hub.with(INDEX, text(index));
    }

    private void assertRefused(String sentence) throws IOException {
        assertThatThrownBy(() -> client().pull(ID, HubProgress.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining(sentence);
        assertThat(cache.find(ID)).isEmpty();
        assertCacheIsSound();
    }

    private static Arguments storage(String name, Script script, String sentence) {
        return Arguments.of(name, Door.STORAGE, WEIGHTS, script, sentence);
    }

    private static Arguments get(String name, Script script, String sentence) {
        return Arguments.of(name, Door.GET, "config.json", script, sentence);
    }

    private static Arguments head(String name, Script script, String sentence) {
        return Arguments.of(name, Door.HEAD, "config.json", script, sentence);
    }
}
