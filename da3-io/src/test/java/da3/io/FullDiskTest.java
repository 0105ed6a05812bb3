package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import da3.geometry.Scene;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every writer on a disk that fills up while it writes. */
class FullDiskTest {

    private static final Scene SCENE = Scenes.random(256, 256, 1);

    @FunctionalInterface
    interface Writer {
        Object write(Scene scene, Path directory) throws IOException;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writers")
    void nothingIsLostAndNothingIsLeft(String file, Writer writer) throws IOException {
        Configuration disk = Configuration.unix().toBuilder()
                .setBlockSize(1024)
                .setMaxSize(64 * 1024)
                .build();
        try (FileSystem files = Jimfs.newFileSystem(disk)) {
            Path directory = files.getPath("/out");
            Path target = directory.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, "of an earlier run");
            assertThatThrownBy(() -> writer.write(SCENE, directory))
                    .isInstanceOf(IOException.class)
                    .hasMessage(target + " cannot be written: out of disk space");
            assertThat(contents(directory)).isEqualTo(Map.of(target.toString(), "of an earlier run"));
        }
    }

    static List<Arguments> writers() {
        return List.of(
                writer("exports/mini_npz/results.npz", MiniNpz::write),
                writer("exports/npz/results.npz", Npz::write),
                writer("scene.glb", (scene, directory) -> Glb.write(scene, directory, GlbOptions.defaults())),
                writer("scene.jpg", DepthVis::writeCover),
                writer("depth_vis/0000.jpg", DepthVis::write),
                writer("depth_png16/0000.png", DepthPng16::write),
                writer("depth_pfm/0000.pfm", Pfm::write),
                writer("depth_tiff/0000.tiff", FloatTiff::write));
    }

    private static Arguments writer(String file, Writer writer) {
        return Arguments.of(file, writer);
    }

    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
