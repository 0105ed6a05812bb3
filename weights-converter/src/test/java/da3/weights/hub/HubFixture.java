package da3.weights.hub;

import static da3.weights.hub.ScriptedHub.COMMIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A hub with a model, an empty cache, and an environment without pauses. */
abstract class HubFixture {

    static final HubId ID = HubId.parse("owner/model");

    /** Larger than a single read. */
    static final byte[] CONTENT = random(300_000, 1);

    static final byte[] CONFIG = ScriptedHub.text("{\"model_name\": \"test\"}");

    @TempDir
    Path dir;

    Path root;
    ScriptedHub hub;
    HubCache cache;
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    final List<String> warnings = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws IOException {
        root = dir.resolve("hub");
        cache = new HubCache(root);
        hub = new ScriptedHub(Optional.empty()).with("config.json", CONFIG).with(ScriptedHub.WEIGHTS, CONTENT);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    HubSettings settings() {
        return new HubSettings(hub.endpoint(), root, Optional.empty(), false);
    }

    HubEnvironment environment() {
        return HubEnvironment.real(warnings::add)
                .withPauses(pauses::add)
                .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(5))
                .withClock(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));
    }

    HubClient client() {
        return new HubClient(settings(), environment());
    }

    Path blob(byte[] content) {
        return cache.blob(ID, ScriptedHub.sha256(content));
    }

    Path partial(byte[] content) throws IOException {
        Path blob = blob(content);
        Files.createDirectories(blob.getParent());
        return blob.resolveSibling(blob.getFileName() + ".incomplete");
    }

    void assertPulled(Path snapshot) throws IOException {
        assertThat(snapshot).isEqualTo(cache.snapshot(ID, COMMIT));
        assertThat(snapshot.resolve(ScriptedHub.WEIGHTS)).hasBinaryContent(CONTENT);
        assertThat(snapshot.resolve("config.json")).hasBinaryContent(CONFIG);
        assertThat(cache.ref(ID)).hasContent(COMMIT);
        assertThat(cache.find(ID)).contains(snapshot);
        assertThat(files("blobs")).noneMatch(file -> file.toString().endsWith(".incomplete"));
        assertCacheIsValid();
    }

    /**
     * Asserts that blobs have the digests in their names, snapshots have complete files, and nothing is outside the
     * cache.
     */
    void assertCacheIsValid() throws IOException {
        for (Path blob : files("blobs")) {
            String name = blob.getFileName().toString();
            if (!name.endsWith(".incomplete")) {
                byte[] bytes = Files.readAllBytes(blob);
                assertThat(name).isIn(ScriptedHub.sha256(bytes), ScriptedHub.gitSha1(bytes));
            }
        }
        for (Path file : files("snapshots")) {
            byte[] bytes = Files.readAllBytes(file);
            assertThat(Files.exists(cache.blob(ID, ScriptedHub.sha256(bytes)))
                            || Files.exists(cache.blob(ID, ScriptedHub.gitSha1(bytes))))
                    .as(file.toString())
                    .isTrue();
        }
        try (Stream<Path> beside = Files.list(dir)) {
            assertThat(beside).allMatch(root::equals);
        }
    }

    List<Path> files(String folder) throws IOException {
        Path start = cache.model(ID).resolve(folder);
        if (!Files.exists(start)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(start)) {
            return all.filter(path -> !Files.isDirectory(path)).toList();
        }
    }

    static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
