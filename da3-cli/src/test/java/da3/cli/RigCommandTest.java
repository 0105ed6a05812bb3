package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import da3.geometry.Image;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.rig.Rig;
import da3.io.ExportDirectory;
import da3.io.PngWriter;
import da3.io.SceneNpz;
import da3.io.rig.RigFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RigCommandTest {

    private static final Rig RIG = RigScene.rig();

    @TempDir
    private Path folder;

    private Path calibration;

    @BeforeEach
    void renderImages() throws IOException {
        calibration = folder.resolve("rig_config.json");
        RigFormat.COLMAP.write(RIG, calibration);
        List<View> views = RigScene.views();
        for (int c = 0; c < RIG.size(); c++) {
            Image image = views.get(c).image();
            String name = RIG.cameras().get(c).name();
            write("instant/" + name + ".png", image);
            write("drive/" + name + "/000.png", image);
            write("drive/" + name + "/001.png", image);
            write("drive/" + name + "/002.png", image);
        }
    }

    private void write(String name, Image image) throws IOException {
        Path file = folder.resolve(name);
        ExportDirectory.open(file.getParent()).write(file.getFileName().toString(), out -> PngWriter.write(image, out));
    }

    /** The distances of the rig determine the scale, or the command says that they do not. */
    @Test
    void camerasAreThoseOfTheRig() throws IOException {
        CommandRun run = rig("instant", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.get("metric").booleanValue() || run.err().contains("determines no scale"))
                .isTrue();
        for (int c = 0; c < RIG.size(); c++) {
            double[] given = RIG.cameras().get(c).sensorFromRig().toMatrix3x4();
            for (int i = 0; i < given.length; i++) {
                double value = json.get("views").get(c).get("extrinsics").get(i).doubleValue();
                assertThat(value).isCloseTo(given[i], within(1e-9));
            }
        }
        assertThat(run.err()).contains("4 views").doesNotContain("camera-to-");
    }

    @Test
    void instantsOfADriveAreChosenByName() throws IOException {
        assertThat(rig("drive", "--instant", "001").exitCode()).isZero();
        CommandRun unknown = rig("drive", "--instant", "7");
        assertThat(unknown.err()).contains("name of an instant must be one of 3 such as 000, got 7");
        Files.delete(folder.resolve("drive/left/001.png"));
        assertThat(rig("drive").err()).contains("contains no image of camera left at instant 001");
    }

    /** The lower half of the left image shows the vehicle. */
    @Test
    void maskedPixelsHaveNoDepth() throws IOException {
        byte[] mask = new byte[3 * RigScene.WIDTH * RigScene.HEIGHT];
        Arrays.fill(mask, 0, mask.length / 2, (byte) 255);
        write("masks/left.png", new Image(RigScene.WIDTH, RigScene.HEIGHT, mask));
        CommandRun run = rig("instant", "--body-masks", folder.resolve("masks").toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        Scene scene = SceneNpz.read(folder.resolve("out/exports/npz/results.npz"));
        for (int c = 0; c < 4; c++) {
            float[] depth = scene.view(c).depth().values();
            for (int i = 0; i < depth.length; i++) {
                boolean masked = c == 3 && i >= depth.length / 2;
                assertThat(depth[i] == 0).isEqualTo(masked);
            }
        }
    }

    /** With poses of the rig, whose cameras the map keeps. */
    @Test
    void aDriveIsStreamed() throws IOException {
        Path poses =
                Files.writeString(folder.resolve("poses.tum"), "0 0 0 0 0 0 0 1\n1 0 0 1 0 0 0 1\n2 0 0 2 0 0 0 1\n");
        Path out = folder.resolve("map");
        List<String> command = List.of(
                "stream",
                folder.resolve("drive").toString(),
                "--rig",
                calibration.toString(),
                "--poses",
                poses.toString(),
                "--window",
                "2",
                "--overlap",
                "1",
                "--model",
                "seeded:da3-small",
                "--process-res",
                "84",
                "--export-dir",
                out.toString());
        CommandRun run = CommandRun.of(command);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("da3: window 1, the scales of the rig in this window and the one before agree");
        List<String> trajectory = Files.readAllLines(out.resolve("trajectory.tum"));
        assertThat(trajectory).hasSize(3 * RIG.size());
        String[] last = trajectory.get(2 * RIG.size()).split(" ");
        assertThat(Double.parseDouble(last[3])).isCloseTo(2, within(1e-6));
        List<String> withRate = new ArrayList<>(command);
        withRate.addAll(List.of("--fps", "2"));
        assertThat(CommandRun.of(withRate).err()).contains("--fps cannot be combined with --rig");
    }

    @Test
    void mistakesAreNamed() throws IOException {
        assertThat(CommandRun.of("rig", folder.resolve("instant").toString()).err())
                .contains("--rig is missing: the calibration of the cameras");
        write("instant/front.png", new Image(84, 84, new byte[3 * 84 * 84]));
        RigFormat.KALIBR.write(RIG, folder.resolve("camchain.yaml"));
        calibration = folder.resolve("camchain.yaml");
        assertThat(rig("instant").err()).contains("size of images of camera front must be 84x56 or resized, got 84x84");
        calibration = folder.resolve("instant");
        assertThat(rig("instant").err()).contains("no calibration of a rig");
    }

    private CommandRun rig(String images, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "rig",
                folder.resolve(images).toString(),
                "--rig",
                calibration.toString(),
                "--model",
                "da3-tiny",
                "--process-res",
                "84",
                "--export-format",
                "npz",
                "--export-dir",
                folder.resolve("out").toString(),
                "--overwrite"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments);
    }
}
