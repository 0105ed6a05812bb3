package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.Camera;
import da3.io.ExportDirectory;
import da3.io.PngWriter;
import da3.synthetic.CameraRig;
import da3.synthetic.RayCaster;
import da3.synthetic.RenderOptions;
import da3.synthetic.SampleScenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamCommandTest {

    private static final int FRAMES = 5;

    @TempDir
    private Path folder;

    private Path images;

    @BeforeEach
    void renderImages() throws IOException {
        images = folder.resolve("images");
        List<Camera> cameras =
                SampleScenes.indoorArc().withCount(FRAMES).cameras(CameraRig.lens(56, 42, Math.toRadians(60)));
        RayCaster caster = new RayCaster(SampleScenes.indoor(1));
        for (int i = 0; i < FRAMES; i++) {
            var view = caster.render(
                            cameras.get(i), 56, 42, RenderOptions.defaults().withSamples(1))
                    .view();
            ExportDirectory.open(images).write(i + ".png", out -> PngWriter.write(view.image(), out));
        }
    }

    @Test
    void writesItsFilesAndContinues() throws IOException {
        Path whole = folder.resolve("whole");
        CommandRun run = stream(images, whole, "--export-format", "kitti-mesh-colmap-3dtiles");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines().map(line -> whole.relativize(Path.of(line)).toString()))
                .containsExactly(
                        "trajectory.tum",
                        "intrinsics.txt",
                        "points.ply",
                        "trajectory_kitti.txt",
                        "mesh.ply",
                        "colmap/images",
                        "colmap/sparse/0/cameras.bin",
                        "colmap/sparse/0/images.bin",
                        "colmap/sparse/0/points3D.bin",
                        "tiles/tileset.json",
                        "map.da3s");
        assertThat(run.err()).contains("da3: window 1, 5 frames,");
        assertThat(Files.readAllLines(whole.resolve("trajectory.tum"))).hasSize(FRAMES);
        byte[] points = Files.readAllBytes(whole.resolve("points.ply"));
        Files.delete(whole.resolve("points.ply"));
        assertThat(stream(images, whole).err()).contains("continuing after 5 frames");
        assertThat(whole.resolve("points.ply")).hasBinaryContent(points);
    }

    @Test
    void framesCanHavePoses() throws IOException {
        Path out = folder.resolve("posed");
        List<String> lines = IntStream.range(0, FRAMES)
                .mapToObj(i -> String.format(Locale.ROOT, "%d %.1f 0 0 0 0 0 1", i, 0.5 * i))
                .toList();
        Path poses = Files.write(folder.resolve("poses.tum"), lines);
        assertThat(stream(images, out, "--poses", poses.toString()).exitCode()).isZero();
        List<String> written = Files.readAllLines(out.resolve("trajectory.tum"));
        for (int i = 0; i < FRAMES; i++) {
            double[] values = Arrays.stream(written.get(i).split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            assertThat(values).containsExactly(i, 0.5 * i, 0, 0, 0, 0, 0, 1);
        }
    }

    /** Poses of other times are not ignored; the run can be started again with the right ones. */
    @Test
    void posesMustMatchFrames() throws IOException {
        Path out = folder.resolve("posed");
        Path poses = Files.writeString(folder.resolve("poses.tum"), "1305031102.1 0 0 0 0 0 0 1");
        assertThat(stream(images, out, "--poses", poses.toString()).err())
                .contains("poses are given, but for no frame of the first window");
        Files.writeString(poses, "0 0 0 0 0 0 0 1");
        assertThat(stream(images, out, "--poses", poses.toString()).exitCode()).isZero();
    }

    @Test
    void loopsAreFoundInSeveralWays() {
        for (String method : List.of("deep", "frusta", "off")) {
            CommandRun run = stream(images, folder.resolve(method), "--loops", method);
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
        assertThat(stream(images, folder, "--loops", "on").err()).contains("loop method must be one of tokens, deep,");
        assertThat(stream(images, folder, "--loops", "off", "--no-loops").err())
                .contains("--loops cannot be combined with --no-loops");
    }

    @Test
    void framesCanHaveMeasuredPositions() throws IOException {
        Path out = folder.resolve("gps");
        Path gps = Files.writeString(
                folder.resolve("gps.csv"), "frame,x,y,z,sigma\n0.png,0,0,0,0.01\n2.png,5,0,0,0.01\n4.png,9,3,0,0.01\n");
        CommandRun run = stream(images, out, "--gps", gps.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("da3: 3 of 3 measured positions belong to frames, at a median distance of")
                .contains("the unit of the first window is");
        String last = Files.readAllLines(out.resolve("trajectory.tum")).get(4);
        assertThat(Double.parseDouble(last.split(" ")[1])).isBetween(6.0, 12.0);
        Files.writeString(gps, "time,x,y,z,sigma\n77,0,0,0,1\n");
        assertThat(stream(images, out, "--gps", gps.toString()).err()).contains("belongs to a frame: names must be");
        assertThat(stream(images, out, "--gps", gps.toString(), "--poses", gps.toString())
                        .err())
                .contains("--gps cannot be combined with --poses");
    }

    @Test
    void framesCanHaveMeasuredPoses() throws IOException {
        Path out = folder.resolve("priors");
        Path priors = Files.writeString(
                folder.resolve("priors.txt"),
                "0.png 0 0 0 0 0 0 1 0.01 0.1\n2.png 5 0 0 0 0 0 1 0.01 0.1\n4.png 9 3 0 0 0 0 1 0.01 0.1\n");
        CommandRun run = stream(images, out, "--pose-priors", priors.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .containsPattern(
                        "da3: 3 of 3 measured poses belong to frames, at a median distance of .+ and a median angle of .+"
                                + " degrees from the map; the unit of the first window is");
        byte[] trajectory = Files.readAllBytes(out.resolve("trajectory.tum"));
        assertThat(stream(images, out, "--pose-priors", priors.toString()).exitCode())
                .isZero();
        assertThat(out.resolve("trajectory.tum")).hasBinaryContent(trajectory);
        for (String other : List.of("--poses", "--part")) {
            assertThat(stream(images, out, "--pose-priors", priors.toString(), other, "1/2")
                            .err())
                    .contains("--pose-priors cannot be combined with " + other);
        }
        Files.writeString(priors, "77 0 0 0 0 0 0 1 1 1\n");
        assertThat(stream(images, out, "--pose-priors", priors.toString()).err())
                .contains("no pose in " + priors + " belongs to a frame: names must be");
        Files.writeString(priors, "0 0 0 0 0 0 0 1 1\n");
        assertThat(stream(images, out, "--pose-priors", priors.toString()).err())
                .contains("fields of line 1 of " + priors + " must be 10");
    }

    /** Measured poses correct the merged map of parts as that of one run. */
    @Test
    void mergedPartsWithMeasuredPoses() throws IOException {
        String priors = Files.writeString(
                        folder.resolve("priors.txt"), "0 1 0 0 0 0 0 1 0.1 1\n4 3 2 0 0 0 0 1 0.1 1\n")
                .toString();
        Path whole = folder.resolve("whole");
        assertThat(stream(images, whole, "--pose-priors", priors).exitCode()).isZero();
        Path parts = folder.resolve("parts");
        assertThat(stream(images, parts, "--part", "1/1").exitCode()).isZero();
        CommandRun merged = stream(images, parts, "--merge", "--pose-priors", priors);
        assertThat(merged.exitCode()).as(merged.err()).isZero();
        for (String file : List.of("map.da3s", "trajectory.tum", "points.ply")) {
            assertThat(parts.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    @Test
    void mergedPartsGiveTheFilesOfOneRun() {
        Path whole = folder.resolve("whole");
        assertThat(stream(images, whole).exitCode()).isZero();
        Path parts = folder.resolve("parts");
        assertThat(stream(images, parts, "--merge").err()).contains("parts contains no parts");
        CommandRun first = stream(images, parts, "--part", "1/2");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).isEqualTo(parts.resolve("part-1-of-2.da3s") + "\n");
        assertThat(stream(images, parts, "--merge").err()).contains("part 2 of 2 is missing in " + parts);
        assertThat(stream(images, parts, "--part", "2/2").err()).contains("da3: window 1, 2 frames, after");
        CommandRun merged = stream(images, parts, "--merge");
        assertThat(merged.exitCode()).as(merged.err()).isZero();
        for (String file : List.of("map.da3s", "trajectory.tum", "intrinsics.txt", "points.ply")) {
            assertThat(parts.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    /** If a source fails, the command writes the results so far and reports the failure in one sentence. */
    @Test
    void brokenSources() throws IOException {
        Files.writeString(images.resolve("3.png"), "no image");
        Path out = folder.resolve("broken");
        CommandRun run = stream(images, out);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("da3: the source ended early, after 3 frames, which can be used:")
                .contains("3.png: is not an image of a supported format");
        assertThat(Files.readAllLines(out.resolve("trajectory.tum"))).hasSize(3);
    }

    @Test
    void wrongInput() throws IOException {
        assertThat(stream(folder.resolve("none"), folder).err()).contains("none does not exist");
        Path text = Files.writeString(folder.resolve("a.txt"), "text");
        assertThat(stream(text, folder).err())
                .contains("INPUT must be a video, a folder of images, a camera, a pipe or a URL, got");
        assertThat(stream(images, folder, "--fps", "2").err())
                .contains("--fps cannot be combined with a folder of images");
        assertThat(stream(images, folder, "--scene", "scene-1").err())
                .contains("--scene cannot be combined with an input without --rig");
        assertThat(stream(images, folder, "--window", "1").err()).contains("--window must be at least 2, got 1");
        assertThat(stream(images, folder, "--overlap", "4").err()).contains("--overlap must be from 1 to 3, got 4");
        assertThat(stream(images, folder, "--export-format", "obj").err())
                .contains(
                        "export format must be one of tum, kitti, intrinsics, ply, mesh, glb, gaussians, colmap, 3dtiles, got 'obj'");
        assertThat(stream(images, folder, "--part", "3/2").err())
                .contains("number of a part must be from 1 to 2, got 3");
        assertThat(stream(images, folder, "--part", "1/2", "--merge").err())
                .contains("--merge cannot be combined with --part");
        assertThat(stream(images, folder, "--voxel-size", "0.1").err())
                .contains("--voxel-size requires --export-format mesh or glb");
        assertThat(stream(images, folder, "--export-format", "mesh", "--voxel-size", "0")
                        .err())
                .contains("--voxel-size must be positive and finite, got 0");
        assertThat(stream(images, folder, "--masks", folder.resolve("no-masks").toString())
                        .err())
                .contains("no-masks does not exist");
        assertThat(stream(images, folder, "--salad", text.toString(), "--loops", "deep")
                        .err())
                .contains("--loops cannot be combined with --salad");
        assertThat(stream(images, folder, "--salad", text.toString()).err())
                .contains("a.txt has 4 bytes, expected at least 8");
        assertThat(stream(images, folder, "--model", "seeded:da3mono-large").err())
                .contains("streaming needs a model that predicts cameras");
    }

    @Test
    void otherSettingsNeedAnotherDirectory() {
        Path out = folder.resolve("out");
        assertThat(stream(images, out).exitCode()).isZero();
        assertThat(stream(images, out, "--window", "3", "--overlap", "1").err())
                .contains("windows of a run that continues")
                .contains("use another directory for a new run");
    }

    private static CommandRun stream(Path input, Path out, String... options) {
        List<String> words = new ArrayList<>(List.of(
                "stream",
                input.toString(),
                "--model=da3-tiny",
                "--process-res=42",
                "--window=4",
                "--overlap=1",
                "--export-dir",
                out.toString()));
        for (String option : options) {
            if (option.startsWith("--")) {
                words.removeIf(word -> word.startsWith(option + "="));
            }
            words.add(option);
        }
        return CommandRun.of(words);
    }
}
