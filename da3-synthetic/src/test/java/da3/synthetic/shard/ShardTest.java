package da3.synthetic.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.synthetic.PatternSizes;
import da3.synthetic.SceneFamily;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardTest {

    @TempDir
    Path directory;

    /** A scene of two views of 2x3 pixels whose values all differ. */
    private static ShardScene scene(long seed) {
        byte[] rgb = new byte[36];
        float[] depth = new float[12];
        float[] extrinsics = new float[24];
        float[] intrinsics = new float[18];
        boolean[] objects = new boolean[12];
        for (int i = 0; i < 36; i++) {
            rgb[i] = (byte) (7 * i + seed);
            depth[i % 12] = 0.1f * i + (seed & 7);
            extrinsics[i % 24] = -i - seed;
            intrinsics[i % 18] = i / 3f + seed;
            objects[i % 12] = i % 5 < 2;
        }
        return new ShardScene(seed, "ROOM", 2, 2, 3, rgb, depth, extrinsics, intrinsics, Optional.of(objects));
    }

    private Path written() throws IOException {
        Path file = directory.resolve("a.shard");
        try (ShardWriter writer = new ShardWriter(file, 2, 2, 2, 3)) {
            writer.write(1, scene(9));
            writer.write(0, scene(-5));
            writer.finish();
        }
        return file;
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        try (ShardReader reader = new ShardReader(written())) {
            assertThat(List.of(reader.scenes(), reader.views(), reader.rows(), reader.columns()))
                    .containsExactly(2, 2, 2, 3);
            assertThat(reader.read(1)).usingRecursiveComparison().isEqualTo(scene(9));
            assertThat(reader.read(0)).usingRecursiveComparison().isEqualTo(scene(-5));
            assertThatThrownBy(() -> reader.read(2)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(directory.toFile().list()).containsExactly("a.shard");
    }

    @Test
    void readsShardsOfVersion1WithoutObjects() throws IOException {
        ShardFormat format = new ShardFormat(1, 2, 2, 3, false);
        ShardScene scene = scene(4);
        ShardScene old = new ShardScene(
                4,
                "ROOM",
                2,
                2,
                3,
                scene.rgb(),
                scene.depth(),
                scene.extrinsics(),
                scene.intrinsics(),
                Optional.empty());
        Path file = directory.resolve("old.shard");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (ByteBuffer part : List.of(format.header(), format.encode(old))) {
                out.write(part.array(), 0, part.limit());
            }
        }
        assertThat(Files.readAllBytes(file)[8]).isEqualTo((byte) 1);
        try (ShardReader reader = new ShardReader(file)) {
            assertThat(reader.read(0)).usingRecursiveComparison().isEqualTo(old);
        }
    }

    @Test
    void objectsAreAllSolidsButTheRoom() {
        ShardScene scene = new ShardRendering(70, 1, 1, List.of(SceneFamily.ROOM), 14, 21, 1).render(0);
        boolean[] objects = scene.objects().orElseThrow();
        int count = 0;
        for (int i = 0; i < objects.length; i++) {
            count += objects[i] ? 1 : 0;
            assertThat(!objects[i] || scene.depth()[i] > 0).isTrue();
        }
        assertThat(count).isBetween(objects.length / 20, objects.length - objects.length / 20);
    }

    @Test
    void rejectsDamagedShards() throws IOException {
        refused(b -> Arrays.copyOf(b, 20), "must have at least the 32 bytes of a header, got 20");
        refused(b -> Arrays.copyOf(b, b.length - 1), "bytes of its 2 scenes, got " + (32 + 2 * 292 - 1));
        refused(b -> Arrays.copyOf(b, b.length + 1), "bytes of its 2 scenes, got " + (32 + 2 * 292 + 1));
        refused(b -> with(b, 0, 'X'), "must be a shard that starts with DA3SHARD, got \"XA3SHARD\"");
        refused(b -> with(b, 8, 3), "must be a shard of version 1 or 2, got 3");
        refused(b -> with(b, 12, 3), "must have its stored checksum");
        refused(b -> with(b, 32 + 100, 1), "must have its stored checksum");
        refused(
                b -> withSizes(b, 2, 1 << 16, 1 << 16, 1),
                "each scene at most 2147483647 bytes, got 2, 65536, 65536 and 1");
        refused(
                b -> withSizes(b, -1, 1 << 30, 1, 1 << 30),
                "must be at least 1, and each scene at most 2147483647 bytes, got -1, 1073741824, 1 and 1073741824");
        refused(ShardTest::withSpacedFamily, "ASCII characters without spaces, got \"R OM\"");
        refused(ShardTest::withNoDepth, "depth must be finite and at least 0, got NaN");
        assertThatIOException()
                .isThrownBy(() -> new ShardReader(directory.resolve("none.shard")))
                .isInstanceOf(NoSuchFileException.class)
                .withMessageContaining("none.shard");
    }

    private void refused(UnaryOperator<byte[]> damage, String message) throws IOException {
        Path file = written();
        Files.write(file, damage.apply(Files.readAllBytes(file)));
        assertThatIOException()
                .isThrownBy(() -> {
                    try (ShardReader reader = new ShardReader(file)) {
                        reader.read(0);
                    }
                })
                .withMessageContaining(file.toString())
                .withMessageContaining(message);
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        return bytes;
    }

    /** Returns a shard with other sizes in the header and a correct checksum. */
    private static byte[] withSizes(byte[] bytes, int... sizes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.position(12).asIntBuffer().put(sizes);
        return withChecksum(bytes, 0, 28);
    }

    private static byte[] withSpacedFamily(byte[] bytes) {
        bytes[32 + 8 + 1] = ' ';
        return withChecksum(bytes, 32, (bytes.length - 32) / 2 - 4);
    }

    private static byte[] withChecksum(byte[] bytes, int from, int count) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, count);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(from + count, (int) crc.getValue());
        return bytes;
    }

    /** Returns a shard with NaN as the first depth of the first scene and a correct checksum. */
    private static byte[] withNoDepth(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putFloat(32 + 24 + 4 * 42, Float.NaN);
        return withChecksum(bytes, 32, (bytes.length - 32) / 2 - 4);
    }

    @Test
    void anUnfinishedShardDoesNotReplaceTheOldOne() throws IOException {
        byte[] old = Files.readAllBytes(written());
        Path file = directory.resolve("a.shard");
        try (ShardWriter writer = new ShardWriter(file, 1, 2, 2, 3)) {
            writer.write(0, scene(3));
            assertThat(file).hasBinaryContent(old);
        }
        assertThat(file).hasBinaryContent(old);
        assertThat(directory.toFile().list()).containsExactly("a.shard");
    }

    @Test
    void rejectsInvalidScenes() throws IOException {
        Path file = directory.resolve("b.shard");
        try (ShardWriter writer = new ShardWriter(file, 2, 2, 2, 3)) {
            ShardScene scene = scene(1);
            scene.depth()[3] = Float.NaN;
            assertThatThrownBy(() -> writer.write(0, scene)).hasMessage("depth must be finite and at least 0, got NaN");
            ShardScene other = new ShardScene(
                    1, "ROOM", 1, 2, 3, new byte[18], new float[6], new float[12], new float[9], Optional.empty());
            assertThatThrownBy(() -> writer.write(0, other))
                    .hasMessage("scene 0 of " + file + " must have 2 views of 2x3 pixels, got 1 of 2x3");
            writer.write(0, scene(1));
            assertThatThrownBy(writer::finish).hasMessage(file + " must have 2 scenes, got 1");
        }
        assertThat(directory).isEmptyDirectory();
        assertThatThrownBy(() -> new ShardScene(
                        1, "ROOM", 1, 2, 3, new byte[17], new float[6], new float[12], new float[9], Optional.empty()))
                .hasMessage("rgb must have 18 values, got 17");
    }

    @Test
    void threadsDoNotChangeTheResultAndCompleteShardsAreKept() throws IOException {
        List<SceneFamily> families = SceneFamily.forTraining();
        ShardRendering two = new ShardRendering(70, 5, 3, families, 14, 21, 2);
        ShardRendering one = new ShardRendering(70, 5, 3, families, 14, 21, 1);
        List<Integer> progress = new ArrayList<>();
        List<Path> shards = two.write(directory.resolve("two"), progress::add);
        assertThat(progress).containsExactly(1, 2, 3, 4, 5);
        List<Path> again = one.write(directory.resolve("one"), done -> {});
        assertThat(shards).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(again.get(i)).hasSameBinaryContentAs(shards.get(i));
        }
        FileTime past = FileTime.fromMillis(0);
        Files.setLastModifiedTime(shards.get(0), past);
        Files.write(shards.get(1), new byte[50]);
        two.write(directory.resolve("two"), done -> {});
        assertThat(Files.getLastModifiedTime(shards.get(0))).isEqualTo(past);
        assertThat(shards.get(1)).hasSameBinaryContentAs(again.get(1));
        try (ShardReader reader = new ShardReader(shards.get(1))) {
            ShardScene scene = reader.read(0);
            assertThat(scene.seed()).isEqualTo(73);
            assertThat(scene.family()).isEqualTo("ROOM");
            assertThat(scene.views()).isEqualTo(8);
        }
    }

    @Test
    void shardsOfOtherPatternsOrDepthAreRenderedAgain() throws IOException {
        List<SceneFamily> families = List.of(SceneFamily.ROOM);
        ShardRendering exact = new ShardRendering(70, 2, 2, families, 14, 21, 1);
        ShardRendering measured = new ShardRendering(
                70, 2, 2, families, 14, 21, 1, Optional.of(new DepthSensor(0.5, 0.1, 0)), PatternSizes.inPixels());
        ShardRendering larger =
                new ShardRendering(70, 2, 2, families, 14, 21, 1, Optional.empty(), PatternSizes.inMeters(1));
        for (ShardRendering rendering : List.of(exact, measured, larger, exact)) {
            assertThat(rendering.write(directory, 0, done -> {})).isTrue();
            assertThat(rendering.write(directory, 0, done -> {})).isFalse();
        }
    }

    @Test
    void shardsCanBeRenderedOneByOne() throws IOException {
        ShardRendering rendering = new ShardRendering(70, 5, 3, List.of(SceneFamily.ROOM), 14, 21, 1);
        List<Path> together = rendering.write(directory.resolve("together"), done -> {});
        List<Integer> progress = new ArrayList<>();
        assertThat(rendering.shards()).isEqualTo(2);
        assertThat(rendering.count(1)).isEqualTo(2);
        assertThat(rendering.write(directory, 1, progress::add)).isTrue();
        assertThat(progress).containsExactly(4, 5);
        assertThat(rendering.file(directory, 1)).hasSameBinaryContentAs(together.get(1));
        assertThat(rendering.file(directory, 0)).doesNotExist();
        assertThat(rendering.write(directory, 1, progress::add)).isFalse();
    }
}
