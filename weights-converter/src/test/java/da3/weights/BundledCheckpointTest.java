package da3.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.Preset;
import da3.nn.Progress;
import da3.weights.safetensors.DType;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledCheckpointTest {

    @TempDir
    Path jar;

    @Test
    void aCheckpointOnTheClassPathReadsAsIfItWereOnDisk() throws IOException {
        Preset preset = Preset.DA3_TINY;
        Path folder = jar.resolve("da3/models/da3-tiny");
        Conversion.write(
                new SeededWeights(),
                preset.config(),
                Optional.of(preset),
                folder,
                ConversionOptions.defaults().withPrecision(DType.BF16),
                Progress.SILENT);
        String norm = "model.backbone.pretrained.norm.weight";
        int[] shape = {preset.config().main().backbone().embedDim()};
        float[] onDisk = new float[shape[0]];
        float[] bundled = new float[shape[0]];
        Optional<String> hash;
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            checkpoint.read(norm, shape, FloatBuffer.wrap(onDisk));
            hash = checkpoint.hash();
        }
        long before = temporaryFolders();
        try (URLClassLoader loader = loader();
                BundledCheckpoint checkpoint = BundledCheckpoint.open("da3-tiny", loader)) {
            assertThat(checkpoint.config()).isEqualTo(preset.config());
            assertThat(checkpoint.preset()).contains(preset);
            assertThat(checkpoint.hash()).isEqualTo(hash);
            assertThat(checkpoint.description()).isEqualTo("da3-tiny from the class path");
            checkpoint.read(norm, shape, FloatBuffer.wrap(bundled));
            assertThat(bundled).containsExactly(onDisk);
            assertThat(temporaryFolders()).isEqualTo(before + 1);
        }
        assertThat(temporaryFolders()).isEqualTo(before);
    }

    @Test
    void aDamagedOneLeavesNothingBehind() throws IOException {
        Path folder = Files.createDirectories(jar.resolve("da3/models/damaged"));
        Files.writeString(folder.resolve("config.json"), "{}");
        Files.writeString(folder.resolve("model.safetensors"), "not tensors");
        long before = temporaryFolders();
        try (URLClassLoader loader = loader()) {
            assertThatThrownBy(() -> BundledCheckpoint.open("damaged", loader)).isInstanceOf(IOException.class);
        }
        assertThat(temporaryFolders()).isEqualTo(before);
    }

    @Test
    void onlyNamesOnTheClassPathExist() throws IOException {
        try (URLClassLoader loader = loader()) {
            assertThat(BundledCheckpoint.exists("da3-unknown", loader)).isFalse();
            assertThat(BundledCheckpoint.exists("../da3-tiny", loader)).isFalse();
            assertThatThrownBy(() -> BundledCheckpoint.open("da3-unknown", loader))
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessage("da3/models/da3-unknown: is not on the class path");
        }
    }

    private URLClassLoader loader() throws MalformedURLException {
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
    }

    private static long temporaryFolders() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.filter(entry -> {
                        String name = entry.getFileName().toString();
                        return name.startsWith("da3-tiny-") || name.startsWith("damaged-");
                    })
                    .count();
        }
    }
}
