package da3.io;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.View;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameNpzTest {

    @TempDir
    private Path folder;

    @Test
    void arraysHaveNoAxisOfViewsAndAreNotRounded() throws IOException {
        View view = Scenes.random(3, 2, 5).view(0);
        Path file = FrameNpz.write(view, ExportDirectory.open(folder), "results/frame_7.npz");
        assertThat(file).isEqualTo(folder.resolve("results/frame_7.npz"));
        try (ZipFile zip = new ZipFile(file.toFile())) {
            NpyArray image = read(zip, "image");
            assertThat(image.shape()).containsExactly(2, 3, 3);
            assertThat(image.value(4)).isEqualTo(view.image().rgb()[4] & 0xff);
            NpyArray depth = read(zip, "depth");
            assertThat(depth.shape()).containsExactly(2, 3);
            assertThat(depth.floats(0, 6)).isEqualTo(view.depth().values());
            assertThat(read(zip, "conf").floats(0, 6))
                    .isEqualTo(view.confidence().orElseThrow().values());
            NpyArray intrinsics = read(zip, "intrinsics");
            assertThat(intrinsics.shape()).containsExactly(3, 3);
            assertThat(intrinsics.doubles()).containsExactly(3, 0, 1.5, 0, 3, 1, 0, 0, 1);
        }
    }

    private static NpyArray read(ZipFile zip, String name) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(name + ".npy"))) {
            return NpyArray.read(in, name);
        }
    }
}
