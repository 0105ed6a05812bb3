package da3.video;

import da3.geometry.Image;
import da3.io.FuzzedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the readers read or refuse randomly damaged videos and HEIF photos. */
class ReaderFuzzTest {

    private static final int SIDE = 32;
    private static final int FRAMES = 3;

    @TempDir
    private static Path folder;

    @ParameterizedTest
    @MethodSource("files")
    void damagedFilesAreReadOrRefused(FuzzedReader reader) throws Exception {
        reader.fuzz();
    }

    static Stream<FuzzedReader> files() throws IOException {
        Path damaged = folder.resolve("damaged.mp4");
        Path photo = folder.resolve("damaged.heic");
        return Stream.of(
                new FuzzedReader("mp4", sample(), List.of(IOException.class, UncheckedIOException.class), bytes -> {
                    Files.write(damaged, bytes);
                    try (VideoReader reader = VideoReader.open(damaged, 10)) {
                        while (reader.hasNext()) {
                            reader.next();
                        }
                    }
                }),
                new FuzzedReader("heic", photo(), List.of(IOException.class), bytes -> {
                    Files.write(photo, bytes);
                    new HeifImages().read(photo);
                }));
    }

    private static byte[] photo() throws IOException {
        try (InputStream in = Objects.requireNonNull(ReaderFuzzTest.class.getResourceAsStream("tiles.heic"))) {
            return in.readAllBytes();
        }
    }

    private static byte[] sample() throws IOException {
        VideoOptions options = VideoOptions.defaults().withFramesPerSecond(10);
        try (VideoWriter writer = VideoWriter.create(folder.resolve("intact.mp4"), SIDE, SIDE, options)) {
            for (int frame = 0; frame < FRAMES; frame++) {
                byte[] rgb = new byte[3 * SIDE * SIDE];
                Arrays.fill(rgb, (byte) (60 * frame));
                writer.write(new Image(SIDE, SIDE, rgb));
            }
            return Files.readAllBytes(writer.commit());
        }
    }
}
