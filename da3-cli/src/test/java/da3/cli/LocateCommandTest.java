package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.io.ExportDirectory;
import da3.io.PngWriter;
import da3.synthetic.CameraRig;
import da3.synthetic.RayCaster;
import da3.synthetic.RenderOptions;
import da3.synthetic.SampleScenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocateCommandTest {

    private static final int FRAMES = 6;

    @TempDir
    private Path folder;

    @Test
    void placesAPhotoOfTheRoomAndRejectsOthers() throws IOException {
        List<Camera> cameras =
                SampleScenes.indoorArc().withCount(2 * FRAMES).cameras(CameraRig.lens(112, 84, Math.toRadians(60)));
        RayCaster caster = new RayCaster(SampleScenes.indoor(1));
        Path images = folder.resolve("images");
        for (int i = 0; i < FRAMES; i++) {
            write(images, i + ".png", render(caster, cameras.get(2 * i)));
        }
        Path photos = folder.resolve("photos");
        write(photos, "between.png", render(caster, cameras.get(5)));
        byte[] gray = new byte[3 * 30 * 60];
        Arrays.fill(gray, (byte) 120);
        write(photos, "gray.png", new Image(30, 60, gray));
        Files.writeString(photos.resolve("damaged.png"), "no image");
        Path map = folder.resolve("map");
        assertThat(CommandRun.of(List.of("locate", map.toString(), photos.toString(), "--model=da3-tiny"))
                        .err())
                .contains("map.da3s does not exist; da3 stream makes a map");
        CommandRun stream = CommandRun.of(List.of(
                "stream",
                images.toString(),
                "--model=da3-tiny",
                "--process-res=112",
                "--window=4",
                "--overlap=1",
                "--export-dir=" + map));
        assertThat(stream.exitCode()).as(stream.err()).isZero();

        CommandRun run = locate(map, photos, "--process-res=112");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("between.png is near frame ")
                .contains("damaged.png cannot be read: ")
                .contains("gray.png looks like no frame of the map");
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).split(" ")).hasSize(8);
        assertThat(lines.get(0)).startsWith("0.0 ");

        List<String> objects =
                locate(map, photos, "--process-res=112", "--json").out().lines().toList();
        JsonNode placed = new ObjectMapper().readTree(objects.get(0));
        assertThat(placed.get("placed").asBoolean()).isTrue();
        assertThat(placed.get("pose")).hasSize(12);
        assertThat(placed.get("pose").get(3).asDouble())
                .isEqualTo(Double.parseDouble(lines.get(0).split(" ")[1]));
        assertThat(placed.get("frame").asInt()).isIn(2, 3);
        assertThat(placed.get("inliers").asInt()).isPositive();
        assertThat(new ObjectMapper().readTree(objects.get(1)).get("placed").asBoolean())
                .isFalse();
        assertThat(locate(map, photos, "--process-res=42").err()).contains("model of a run that continues");
    }

    private static Image render(RayCaster caster, Camera camera) {
        return caster.render(camera, 112, 84, RenderOptions.defaults().withSamples(1))
                .view()
                .image();
    }

    private static void write(Path directory, String name, Image image) throws IOException {
        ExportDirectory.open(directory).write(name, out -> PngWriter.write(image, out));
    }

    private static CommandRun locate(Path map, Path photos, String... options) {
        String[] words = Arrays.copyOf(
                new String[] {"locate", map.toString(), photos.toString(), "--model=da3-tiny"}, 4 + options.length);
        System.arraycopy(options, 0, words, 4, options.length);
        return CommandRun.of(List.of(words));
    }
}
