package da3.streaming.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import da3.geometry.metrics.Psnr;
import da3.synthetic.SampleScenes;
import da3.synthetic.SyntheticRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapStoreTest {

    @TempDir
    private Path folder;

    @Test
    void returnsWhatWasStored() throws IOException {
        try (MapStore store = MapStore.open(folder)) {
            Frames.append(store, 3, ColorCoding.RAW);
        }
        try (MapStore store = MapStore.open(folder)) {
            assertThat(store.size()).isEqualTo(7);
            assertThat(store.windows()).hasSize(3);
            assertThat(store.windows().get(2).toPrevious().scale()).isEqualTo(1.25);
            for (int i = 0; i < 7; i++) {
                StoredFrame expected = Frames.frame(i, i < 3 ? 0 : (i - 1) / 2);
                StoredFrame stored = store.frame(i);
                assertThat(stored.info())
                        .isEqualTo(expected.info())
                        .isEqualTo(store.frames().get(i));
                assertThat(stored.descriptor()).isEqualTo(expected.descriptor());
                assertThat(store.descriptors().get(i)).isEqualTo(expected.descriptor());
                assertThat(stored.image().rgb()).isEqualTo(expected.image().rgb());
                for (int p = 0; p < Frames.WIDTH * Frames.HEIGHT; p++) {
                    float depth = expected.depth().values()[p];
                    assertThat(stored.depth().values()[p]).isCloseTo(depth, within(2.001e-4f * depth));
                    float certainty = expected.confidence().values()[p] - 1;
                    assertThat(stored.confidence().values()[p] - 1).isCloseTo(certainty, within(0.03f * certainty));
                }
            }
        }
    }

    /** After a crash at any byte the store contains the windows whose segments were complete, and continues. */
    @Test
    void aFileCutAtAnyByteReopensWithWholeWindows() throws IOException {
        int[] ends = new int[3];
        try (MapStore store = MapStore.open(folder)) {
            for (int w = 0; w < 3; w++) {
                Frames.append(store, w, ColorCoding.RAW);
                ends[w] = (int) store.bytes();
            }
        }
        byte[] bytes = Files.readAllBytes(folder.resolve(MapStore.FILE));
        assertThat(bytes).hasSize(ends[2]);
        Path cut = Jimfs.newFileSystem(Configuration.unix()).getPath("/cut");
        Files.createDirectories(cut);
        for (int length = 0; length < bytes.length; length++) {
            Files.write(cut.resolve(MapStore.FILE), Arrays.copyOf(bytes, length));
            int end = length;
            int windows = (int) Arrays.stream(ends, 1, 3).filter(e -> e <= end).count();
            try (MapStore store = MapStore.open(cut)) {
                assertThat(store.windows())
                        .as("windows of " + length + " bytes")
                        .hasSize(windows);
                assertThat(store.size()).isEqualTo(windows == 0 ? 0 : 1 + 2 * windows);
                if (length % 499 == 0) {
                    Frames.append(store, 2, ColorCoding.RAW);
                }
            }
            if (length % 499 == 0) {
                assertThat(cut.resolve(MapStore.FILE)).hasBinaryContent(bytes);
            }
        }
    }

    @Test
    void imagesAsJpegAreSimilar() throws IOException {
        Image image = SyntheticRenderer.render(
                        SampleScenes.indoor(1),
                        SampleScenes.indoorArc().cameras(new Intrinsics(30, 30, 20, 15)),
                        40,
                        30)
                .view(0)
                .image();
        Image decoded = ColorCoding.JPEG.decode(ColorCoding.JPEG.encode(image), 40, 30);
        assertThat(Psnr.of(image, decoded)).isGreaterThan(25);
    }

    /** A changed byte in the last window looks like a torn write, elsewhere like damage. */
    @Test
    void damageIsNotTakenForACrash() throws IOException {
        long[] ends = new long[3];
        try (MapStore store = MapStore.open(folder)) {
            for (int w = 0; w < 3; w++) {
                Frames.append(store, w, ColorCoding.RAW);
                ends[w] = store.bytes();
            }
        }
        Path file = folder.resolve(MapStore.FILE);
        byte[] bytes = Files.readAllBytes(file);
        int payload = (int) ends[0] + 90;
        int length = (int) ends[0] + 2; // a length that leads behind the end of the file
        for (int changed : new int[] {payload, length}) {
            byte[] damaged = bytes.clone();
            damaged[changed] ^= 64;
            Files.write(file, damaged);
            assertThatThrownBy(() -> MapStore.open(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is damaged at byte " + ends[0] + ", but has intact data behind it");
            assertThat(file).hasBinaryContent(damaged);
        }
        byte[] damaged = bytes.clone();
        damaged[bytes.length - 1] ^= 1;
        Files.write(file, damaged);
        try (MapStore store = MapStore.open(folder)) {
            assertThat(store.size()).isEqualTo(3);
        }
    }

    @Test
    void aFullDiskKeepsEarlierWindows() throws IOException {
        long two;
        try (MapStore store = MapStore.open(folder.resolve("whole"))) {
            Frames.append(store, 2, ColorCoding.RAW);
            two = store.bytes();
        }
        SegmentFile.Opening full = file -> new FullDisk(SegmentFile.Opening.DEFAULT.open(file), two + 400);
        try (MapStore store = MapStore.open(folder, full)) {
            assertThatThrownBy(() -> Frames.append(store, 3, ColorCoding.RAW))
                    .isInstanceOf(IOException.class)
                    .hasMessage("window 2 cannot be stored in " + store.file()
                            + ": No space left on device; 5 frames of earlier windows are stored and can be used");
            assertThat(store.size()).isEqualTo(5);
            assertThat(store.frame(4).info().name()).endsWith(" 4");
        }
        assertThat(folder.resolve(MapStore.FILE)).hasSameBinaryContentAs(folder.resolve("whole/" + MapStore.FILE));
        try (MapStore store = MapStore.open(folder)) {
            Frames.append(store, 3, ColorCoding.RAW);
            assertThat(store.size()).isEqualTo(7);
        }
    }

    @Test
    void loopsAreKept() throws IOException {
        LoopInfo verified =
                new LoopInfo(1, 5, Optional.of(Frames.camera(new Random(1)).pose()), 1.5);
        LoopInfo rejected = new LoopInfo(2, 6, Optional.empty(), 1);
        try (MapStore store = MapStore.open(folder)) {
            Frames.append(store, 3, ColorCoding.RAW);
            store.append(verified);
            store.append(rejected);
        }
        try (MapStore store = MapStore.open(folder)) {
            assertThat(store.loops()).containsExactly(verified, rejected);
        }
    }

    @Test
    void settingsMustNotChange() throws IOException {
        try (MapStore store = MapStore.open(folder)) {
            store.requireSetting("model", "z");
            store.requireSetting("model", "a"); // allowed as long as there are no frames
            Frames.append(store, 1, ColorCoding.RAW);
        }
        try (MapStore store = MapStore.open(folder)) {
            store.requireSetting("model", "a");
            assertThatThrownBy(() -> store.requireSetting("model", "b"))
                    .hasMessage("model of a run that continues " + store.file()
                            + " must be \"a\" as before, got \"b\"; use another directory for a new run");
        }
    }

    @Test
    void windowsMustFollowEachOther() throws IOException {
        try (MapStore store = MapStore.open(folder)) {
            assertThatThrownBy(() -> store.append(
                            new WindowInfo(1, 0, 0, List.of(), 0, false, Sim3.IDENTITY, 1, 0, 0),
                            List.of(),
                            ColorCoding.RAW))
                    .hasMessageContaining("window to append must be number 0");
        }
    }

    @Test
    void depthIsPreciseOverTheWholeRange() {
        float[] depths = {0, -1, Float.NaN, Float.POSITIVE_INFINITY, 1e-9f, 1e-5f, 0.3f, 7, 1e4f, 2.3e6f, 1e9f};
        var map = new ScalarMap(depths.length, 1, depths);
        var buffer = Segment.buffer(2 * depths.length);
        LogDepth.encode(map, buffer);
        float[] decoded = LogDepth.decode(buffer.flip(), depths.length, 1).values();
        assertThat(Arrays.copyOf(decoded, 4)).containsOnly(0);
        assertThat(decoded[4]).isEqualTo(1e-5f);
        for (int i = 5; i < 10; i++) {
            assertThat(decoded[i]).isCloseTo(depths[i], within(2.001e-4f * depths[i]));
        }
        assertThat(decoded[10]).isBetween(2.3e6f, 2.6e6f);
    }
}
