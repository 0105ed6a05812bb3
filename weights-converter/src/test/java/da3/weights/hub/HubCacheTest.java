package da3.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handmade caches with the layout of the official client. */
class HubCacheTest {

    private static final String COMMIT = "a".repeat(40);
    private static final HubId ID = HubId.parse("owner/model");

    @TempDir
    Path root;

    @Test
    void aMissingCacheIsEmpty() throws HubException {
        HubCache cache = new HubCache(root.resolve("missing"));
        assertThat(cache.find(ID)).isEmpty();
        assertThat(cache.list()).isEmpty();
        assertThat(root.resolve("missing")).doesNotExist();
    }

    @Test
    void findsAModelByBranchTagAndCommit() throws IOException {
        link("model.safetensors", "e".repeat(64), "12345");
        link("config.json", "c".repeat(40), "{}");
        ref("main", COMMIT);
        ref("refs/pr/1", COMMIT + "\n");
        HubCache cache = new HubCache(root);
        Path snapshot = root.resolve("models--owner--model/snapshots/" + COMMIT);
        assertThat(cache.find(ID)).contains(snapshot);
        assertThat(cache.find(ID.withRevision("refs/pr/1"))).contains(snapshot);
        assertThat(cache.find(ID.withRevision(COMMIT))).contains(snapshot);
        assertThat(cache.find(ID.withRevision("other"))).isEmpty();
        assertThat(cache.find(ID.withRevision("refs"))).isEmpty();
        assertThat(cache.find(ID.withRevision("main/deeper"))).isEmpty();
        assertThat(cache.list())
                .containsExactly(
                        new CachedModel(ID, snapshot, 7), new CachedModel(ID.withRevision("refs/pr/1"), snapshot, 7));
    }

    @Test
    void listsASnapshotWithoutBranchByItsCommit() throws IOException {
        link("model.safetensors", "e".repeat(64), "12345");
        assertThat(new HubCache(root).list()).extracting(CachedModel::id).containsExactly(ID.withRevision(COMMIT));
    }

    @Test
    void ignoresALinkToAMissingBlob() throws IOException {
        link("model.safetensors", "e".repeat(64), "12345");
        ref("main", COMMIT);
        Files.delete(root.resolve("models--owner--model/blobs/" + "e".repeat(64)));
        assertThat(new HubCache(root).find(ID)).isEmpty();
        assertThat(new HubCache(root).list()).isEmpty();
    }

    @Test
    void ignoresIncompleteShards() throws IOException {
        link(
                "model.safetensors.index.json",
                "c".repeat(40),
                "{\"weight_map\": {\"a\": \"m-1.safetensors\", \"b\": \"m-2.safetensors\"}}");
        link("m-1.safetensors", "1".repeat(64), "1");
        ref("main", COMMIT);
        assertThat(new HubCache(root).find(ID)).isEmpty();
        link("m-2.safetensors", "2".repeat(64), "22");
        assertThat(new HubCache(root).list()).extracting(CachedModel::bytes).containsExactly(3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"weight_map\": {}}", "{\"weight_map\": {\"a\": \"../../../x.safetensors\"}}"})
    void ignoresAnInvalidIndex(String index) throws IOException {
        link("model.safetensors.index.json", "c".repeat(40), index);
        ref("main", COMMIT);
        assertThat(new HubCache(root).find(ID)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../../elsewhere", "", "main", "AAAA"})
    void ignoresAnInvalidRef(String content) throws IOException {
        link("model.safetensors", "e".repeat(64), "12345");
        ref("main", content);
        assertThat(new HubCache(root).find(ID)).isEmpty();
    }

    @Test
    void findsFilesInsteadOfLinks() throws IOException {
        Path snapshot = root.resolve("models--owner--model/snapshots/" + COMMIT);
        Files.createDirectories(snapshot);
        Files.writeString(snapshot.resolve("model.safetensors"), "12345");
        ref("main", COMMIT);
        assertThat(new HubCache(root).find(ID)).contains(snapshot);
    }

    @Test
    void ignoresUnknownFiles() throws IOException {
        link("model.safetensors", "e".repeat(64), "12345");
        ref("main", COMMIT);
        Files.createDirectories(root.resolve("models--gpt2/snapshots"));
        Files.createDirectories(root.resolve("datasets--a--b/refs"));
        Files.createDirectories(root.resolve("models--a--.b/refs"));
        Files.createDirectories(root.resolve(".locks/models--owner--model"));
        Files.writeString(root.resolve("version.txt"), "1");
        Files.writeString(root.resolve("models--owner--model/refs/.unfinished"), COMMIT);
        assertThat(new HubCache(root).list()).extracting(CachedModel::id).containsExactly(ID);
    }

    private void link(String file, String etag, String content) throws IOException {
        Path model = root.resolve("models--owner--model");
        Path snapshot = model.resolve("snapshots/" + COMMIT);
        Files.createDirectories(model.resolve("blobs"));
        Files.createDirectories(snapshot);
        Files.writeString(model.resolve("blobs/" + etag), content);
        Files.createSymbolicLink(snapshot.resolve(file), Path.of("../../blobs/" + etag));
    }

    private void ref(String revision, String content) throws IOException {
        Path ref = root.resolve("models--owner--model/refs/" + revision);
        Files.createDirectories(ref.getParent());
        Files.writeString(ref, content);
    }
}
