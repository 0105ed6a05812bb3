package da3.weights.hub;

import static da3.weights.hub.ScriptedHub.COMMIT;
import static da3.weights.hub.ScriptedHub.INDEX;
import static da3.weights.hub.ScriptedHub.WEIGHTS;
import static da3.weights.hub.ScriptedHub.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.weights.hub.ScriptedHub.Door;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pulls from a well-behaved hub. */
class HubClientTest extends HubFixture {

    @Test
    void theCacheHasTheCommonLayout() throws IOException {
        assertPulled(client().pull(ID, HubProgress.NONE));
        Path link = cache.snapshot(ID, COMMIT).resolve(WEIGHTS);
        assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("../../blobs/" + ScriptedHub.sha256(CONTENT)));
        assertThat(root.resolve("models--owner--model/blobs/" + ScriptedHub.gitSha1(CONFIG)))
                .hasBinaryContent(CONFIG);
        assertThat(root.resolve(".locks/models--owner--model/" + ScriptedHub.sha256(CONTENT) + ".lock"))
                .exists();
        assertThat(hub.requests(Door.GET, WEIGHTS)).singleElement().satisfies(request -> assertThat(request.path())
                .isEqualTo("/owner/model/resolve/" + COMMIT + "/" + WEIGHTS));
    }

    @Test
    void downloadsOnlyOnce() throws IOException {
        client().pull(ID, HubProgress.NONE);
        client().pull(ID, HubProgress.NONE);
        assertThat(hub.requests(Door.GET, WEIGHTS)).hasSize(1);
        assertThat(hub.requests(Door.GET, "config.json")).hasSize(1);
    }

    @Test
    void aCachedCommitNeedsNoRequest() throws IOException {
        client().pull(ID, HubProgress.NONE);
        int before = hub.requests().size();
        assertThat(client().pull(ID.withRevision(COMMIT), HubProgress.NONE)).isEqualTo(cache.snapshot(ID, COMMIT));
        assertThat(hub.requests()).hasSize(before);
    }

    @Test
    void escapesSlashesInBranches() throws IOException {
        HubId branch = ID.withRevision("refs/pr/1");
        assertThat(client().pull(branch, HubProgress.NONE)).isEqualTo(cache.snapshot(ID, COMMIT));
        assertThat(hub.requests().get(0).path()).isEqualTo("/owner/model/resolve/refs%2Fpr%2F1/config.json");
        assertThat(cache.ref(branch)).hasContent(COMMIT);
    }

    @Test
    void theConfigurationMayBeMissing() throws IOException {
        try (ScriptedHub bare = new ScriptedHub(Optional.empty()).with(WEIGHTS, CONTENT)) {
            Path snapshot =
                    new HubClient(settings().withEndpoint(bare.endpoint()), environment()).pull(ID, HubProgress.NONE);
            assertThat(snapshot.resolve(WEIGHTS)).hasBinaryContent(CONTENT);
            assertThat(snapshot.resolve("config.json")).doesNotExist();
        }
    }

    @Test
    void pullsAllShards() throws IOException {
        hub.always(Door.HEAD, WEIGHTS, ScriptedHub.status(404));
        hub.with(INDEX, text("{\"weight_map\": {\"a\": \"m-1.safetensors\", \"b\": \"m-2.safetensors\"}}"))
                .with("m-1.safetensors", CONTENT)
                .with("m-2.safetensors", random(10, 3));
        Path snapshot = client().pull(ID, HubProgress.NONE);
        assertThat(snapshot.resolve("m-2.safetensors")).hasBinaryContent(random(10, 3));
        assertThat(cache.list()).extracting(CachedModel::bytes).containsExactly(300_010L + CONFIG.length);
        assertCacheIsValid();
    }

    @Test
    void storesFilesInTheSnapshotWithoutLinks() throws IOException {
        HubEnvironment linkless = environment().withLinks((link, target) -> {
            throw new FileSystemException(link.toString(), null, "a required privilege is not held");
        });
        for (int i = 0; i < 2; i++) {
            Path snapshot = new HubClient(settings(), linkless).pull(ID, HubProgress.NONE);
            assertThat(snapshot.resolve(WEIGHTS)).hasBinaryContent(CONTENT);
            assertThat(Files.isSymbolicLink(snapshot.resolve(WEIGHTS))).isFalse();
        }
        assertThat(files("blobs")).isEmpty();
        assertThat(cache.find(ID)).isPresent();
        assertThat(hub.requests(Door.GET, WEIGHTS)).hasSize(1);
    }

    @Test
    void offlineUsesOnlyTheCache() throws IOException {
        HubClient offline = new HubClient(settings().withOffline(true), environment());
        assertThatThrownBy(() -> offline.pull(ID, HubProgress.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("HF_HUB_OFFLINE");
        assertThat(hub.requests()).isEmpty();
        client().pull(ID, HubProgress.NONE);
        int before = hub.requests().size();
        assertThat(offline.pull(ID, HubProgress.NONE)).isEqualTo(cache.snapshot(ID, COMMIT));
        assertThat(hub.requests()).hasSize(before);
    }

    @Test
    void checksFreeSpaceFirst() throws IOException {
        HubEnvironment full = environment().withFreeSpace(folder -> 299_999);
        assertThatThrownBy(() -> new HubClient(settings(), full).pull(ID, HubProgress.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("needs " + (300_000 + CONFIG.length) + " more bytes")
                .hasMessageContaining("299999 free; set HF_HUB_CACHE");
        assertThat(hub.requests(Door.STORAGE, WEIGHTS)).isEmpty();
        assertCacheIsValid();
        client().pull(ID, HubProgress.NONE);
        assertThat(new HubClient(settings(), environment().withFreeSpace(folder -> 0)).pull(ID, HubProgress.NONE))
                .exists();
    }

    @Test
    void reportsACacheThatCannotBeWritten() throws IOException {
        Files.writeString(root, "a file where the cache should be");
        assertThatThrownBy(() -> client().pull(ID, HubProgress.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageStartingWith("cannot write " + root)
                .hasMessageEndingWith("set HF_HUB_CACHE to use another cache");
    }

    @Test
    void reportsADiskThatCannotBeWritten() throws IOException {
        // a folder in place of the partial file simulates a failing disk
        Files.createDirectories(partial(CONTENT));
        assertThatThrownBy(() -> client().pull(ID, HubProgress.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("cannot write " + partial(CONTENT));
        assertThat(pauses).isEmpty();
        assertThat(cache.find(ID)).isEmpty();
    }
}
