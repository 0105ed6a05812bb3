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

/** Pulls from faulty or malicious servers fail immediately with one sentence and leave a valid cache. */
class HubRefusalTest extends HubFixture {

    private static final byte[] OTHER = random(CONTENT.length, 2);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void httpErrors(String name, Door door, String file, Script script, String message) throws IOException {
        hub.always(door, file, script);
        assertThatThrownBy(() -> client().pull(ID, HubProgress.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining(message);
        assertThat(pauses).isEmpty();
        assertThat(cache.find(ID)).isEmpty();
        assertThat(cache.ref(ID)).doesNotExist();
        assertThat(files("blobs")).noneMatch(path -> path.toString().endsWith(".incomplete"));
        assertCacheIsValid();
    }

    static Stream<Arguments> httpErrors() {
        byte[] longer = Arrays.copyOf(CONTENT, CONTENT.length + 50_000);
        String other = "f".repeat(40);
        return Stream.of(
                // other bytes than announced
                storage("other bytes", bytes(OTHER), "expected SHA-256 " + ScriptedHub.sha256(CONTENT)),
                storage("other bytes, got", bytes(OTHER), "got " + ScriptedHub.sha256(OTHER)),
                storage("more, and says so", bytes(longer), "expected 300000 bytes, got 350000 bytes"),
                storage("fewer, and says so", bytes(text("gone")), "expected 300000 bytes, got 4 bytes"),
                storage("more, and does not say so", chunks(longer), "expected 300000 bytes, got more"),
                get("a small file with other bytes", bytes(new byte[CONFIG.length]), "expected SHA-1"),
                get("a small file with more bytes", chunks(new byte[CONFIG.length + 1]), "got more"),
                // errors of the hub
                head(
                        "no token",
                        status(401),
                        "answered 401 for config.json of owner/model: the model is gated or "
                                + "private; set HF_TOKEN to an access token"),
                head("gated", status(403, "X-Error-Code", "GatedRepo"), "gated or private"),
                head("hidden", status(401, "X-Error-Code", "RepoNotFound"), "there is no such model, or it is private"),
                head("no model", status(404, "X-Error-Code", "RepoNotFound"), "has no model owner/model"),
                head("no revision", status(404, "X-Error-Code", "RevisionNotFound"), "has no revision main"),
                head("another status", status(418), "answered 418"),
                get("gone between two requests", status(404), "answered 404 for config.json"),
                // redirects
                head("a loop", status(307, "Location", "/owner/model/resolve/main/config.json"), "more than 10 times"),
                get("a loop of GET", status(302, "Location", "/x/config.json"), "more than 10 times"),
                get("to nowhere", status(302), "no Location"),
                get("to no address", status(302, "Location", "http://["), "is not an address"),
                get("to a file", status(302, "Location", "file:///etc/passwd"), "redirects config.json to file://"),
                get("to another scheme", status(302, "Location", "ftp://localhost/x"), "ftp://localhost, expected"),
                get("with a user", status(302, "Location", "http://u:p@localhost/x"), "to a plain host"),
                // headers that would become file names or sizes
                head("no ETag", saying("ETag", ""), "X-Linked-ETag or ETag of config.json"),
                head("an ETag upwards", saying("ETag", "\"../../../evil\""), "../../../evil"),
                head("a short ETag", saying("ETag", "\"abc\""), "must be 40 or 64 hexadecimal digits"),
                head("an ETag of capitals", saying("ETag", "A".repeat(40)), "must be 40 or 64"),
                head("no commit", saying("X-Repo-Commit", ""), "X-Repo-Commit of config.json"),
                head("a commit upwards", saying("X-Repo-Commit", "../../evil"), "must be 40 hexadecimal digits"),
                head(
                        "a commit after which another is pinned",
                        saying("X-Repo-Commit", other),
                        "must be " + other + ", since all files are from one commit"),
                head(
                        "no size",
                        saying("Content-Length", "", "Transfer-Encoding", "chunked"),
                        "X-Linked-Size or Content-Length of"),
                head("a size below zero", saying("X-Linked-Size", "-1"), "got '-1'"),
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
    void rejectsFileNamesWithFolders(String shard) throws IOException {
        sharded("{\"weight_map\": {\"a\": \"" + shard + "\"}}");
        assertRejected("must be a name of letters, digits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "", "[1]", "{\"weight_map\": {}}", "{\"weight_map\": {\"a\": 1}}", "{\"weight_map\": 1}"})
    void rejectsInvalidIndexes(String index) throws IOException {
        sharded(index);
        assertRejected(INDEX);
    }

    @Test
    void rejectsDeepIndexes() throws IOException {
        sharded("[".repeat(100_000));
        assertRejected("not JSON");
    }

    @Test
    void reportsAMissingShard() throws IOException {
        sharded("{\"weight_map\": {\"a\": \"model-1.safetensors\"}}");
        assertRejected("names model-1.safetensors, which the hub does not have");
    }

    @Test
    void rejectsLargeIndexes() throws IOException {
        sharded("{}");
        hub.always(Door.HEAD, INDEX, saying("Content-Length", "", "X-Linked-Size", "99999999"));
        assertRejected(" bytes, got 99999999");
    }

    private void sharded(String index) {
        hub.always(Door.HEAD, WEIGHTS, status(404, "X-Repo-Commit", ScriptedHub.COMMIT));
        hub.with(INDEX, text(index));
    }

    private void assertRejected(String message) throws IOException {
        assertThatThrownBy(() -> client().pull(ID, HubProgress.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining(message);
        assertThat(cache.find(ID)).isEmpty();
        assertCacheIsValid();
    }

    private static Arguments storage(String name, Script script, String message) {
        return Arguments.of(name, Door.STORAGE, WEIGHTS, script, message);
    }

    private static Arguments get(String name, Script script, String message) {
        return Arguments.of(name, Door.GET, "config.json", script, message);
    }

    private static Arguments head(String name, Script script, String message) {
        return Arguments.of(name, Door.HEAD, "config.json", script, message);
    }
}
