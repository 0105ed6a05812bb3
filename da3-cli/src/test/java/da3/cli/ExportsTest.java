package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the files that commands write to an export directory. */
class ExportsTest {

    @TempDir
    private Path folder;

    private Path out;

    @BeforeEach
    void writeImages() throws IOException {
        out = folder.resolve("out");
        writeImage("a.png", 56, 42);
        writeImage("b.png", 56, 42);
        writeImage("other/c.png", 42, 56);
    }

    @Test
    void defaultFormatsAreAnArchiveASceneAndDepthImages() throws IOException {
        CommandRun run = predict("images", folder);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(files())
                .containsExactly(
                        "depth_vis/0000.jpg",
                        "depth_vis/0001.jpg",
                        "exports/mini_npz/results.npz",
                        "scene.glb",
                        "scene.jpg");
    }

    @Test
    void overwritingKeepsOtherFilesAndRemovesStaleImages() throws IOException {
        assertThat(predict("images", folder).exitCode()).isZero();
        Files.writeString(out.resolve("depth_vis/2024.txt"), "mine");
        Files.writeString(out.resolve("depth_vis/1234.jpg"), "mine");
        Files.writeString(out.resolve("exports/mini_npz/0001.dat"), "mine");
        CommandRun again = predict("image", folder.resolve("a.png"), "--overwrite");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(files())
                .contains("depth_vis/0000.jpg", "depth_vis/2024.txt", "depth_vis/1234.jpg", "exports/mini_npz/0001.dat")
                .doesNotContain("depth_vis/0001.jpg");
    }

    @Test
    void existingFilesAreNotReplacedWithoutOverwrite() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("scene.jpg"), "mine");
        CommandRun run = predict("image", folder.resolve("a.png"), "--export-format=glb");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("scene.jpg", "--overwrite");
        assertThat(out.resolve("scene.jpg")).hasContent("mine");
    }

    @Test
    void jsonIsOneLineAndQuietPrintsNoMessages() throws IOException {
        CommandRun run = predict("images", folder, "--json", "--quiet", "--export-format=depth_pfm-depth_pfm");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().strip().lines()).hasSize(1);
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.path("files")).hasSize(2);
        assertThat(json.path("views")).hasSize(2);
        assertThat(json.path("views").get(1).path("extrinsics")).hasSize(12);
        assertThat(json.path("views").get(1).path("intrinsics")).hasSize(4);
        assertThat(json.path("provenance").path("preset").asText()).isEqualTo("da3-small");
    }

    @Test
    void independentImagesMayDifferInSize() throws IOException {
        Files.move(folder.resolve("other/c.png"), folder.resolve("c.png"));
        CommandRun run = predict("images", folder, "--independent");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(files()).containsExactly("depth_vis/0000.jpg", "depth_vis/0001.jpg", "depth_vis/0002.jpg");
        CommandRun rejected = predict("images", folder, "--independent", "--overwrite", "--export-format=mini_npz");
        assertThat(rejected.exitCode()).isEqualTo(1);
        assertThat(rejected.err()).contains("size of all maps in mini_npz must be the same", "56x42, 42x56");
        assertThat(predict("images", folder, "--independent", "--export-format=glb")
                        .err())
                .contains("glb, which puts all views into one scene");
    }

    @Test
    void nativeSizeWritesDepthAtTheSizeOfTheImage() throws IOException {
        CommandRun run = predict(
                "image",
                folder.resolve("a.png"),
                "--native-size",
                "--json",
                "--export-format=depth_png16",
                "--process-res=28");
        assertThat(run.exitCode()).as(run.err()).isZero();
        BufferedImage depth = ImageIO.read(out.resolve("depth_png16/0000.png").toFile());
        assertThat(depth.getWidth()).isEqualTo(56);
        assertThat(depth.getHeight()).isEqualTo(42);
    }

    private CommandRun predict(String command, Path input, String... options) {
        List<String> words = new ArrayList<>(
                List.of(command, input.toString(), "--model=seeded:da3-small", "--threads=1", "--export-dir=" + out));
        words.addAll(List.of(options));
        if (words.stream().noneMatch(word -> word.startsWith("--process-res"))) {
            words.add("--process-res=56");
        }
        return CommandRun.of(words);
    }

    private TreeSet<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(out)) {
            TreeSet<String> names = new TreeSet<>();
            all.filter(Files::isRegularFile)
                    .forEach(file -> names.add(out.relativize(file).toString()));
            return names;
        }
    }

    private void writeImage(String name, int width, int height) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, i * 2654435 & 0xffffff);
        }
        ImageIO.write(image, "png", file.toFile());
    }
}
