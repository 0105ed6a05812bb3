package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that invalid input gives an exit code and a message of one sentence, and changes no files. */
class BadInputTest {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeImagesAndEarlierResults() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        Files.createDirectories(folder.resolve("photos"));
        byte[] image = png(64, 48);
        Files.write(folder.resolve("photos/good.png"), image);
        Files.write(folder.resolve("truncated.png"), Arrays.copyOf(image, image.length / 2));
        Files.write(folder.resolve("huge.png"), pngHeader(60_000, 60_000));
        Files.writeString(folder.resolve("text.png"), "not an image");
        Files.write(folder.resolve("zero.jpg"), new byte[0]);
        Files.writeString(folder.resolve("text.mp4"), "not a video");
        Files.createDirectories(folder.resolve("out/exports/mini_npz"));
        Files.writeString(folder.resolve("out/exports/mini_npz/results.npz"), "of an earlier run");
        Files.writeString(folder.resolve("out/scene.glb"), "of an earlier run");
        Files.createDirectories(folder.resolve("out/notes"));
        Files.writeString(folder.resolve("out/notes/mine.txt"), "not of this program");
    }

    @ParameterizedTest
    @MethodSource({"images", "videos", "models", "options", "exports", "meshes", "benchmarks", "usage"})
    void invalidInputIsReportedAndChangesNoFiles(int exitCode, String command, List<String> parts) throws IOException {
        Map<String, String> before = contents();
        CommandRun run = CommandRun.of(Arrays.stream(command.split(" "))
                .map(word -> word.replace("@", folder + "/"))
                .toList());
        assertThat(run.exitCode()).as("%s%n%s", command, run).isEqualTo(exitCode);
        assertThat(run.err()).contains(parts);
        assertThat(run.err() + run.out()).doesNotContain("\tat ", "Exception", "unexpected");
        if (exitCode == FAILED) {
            assertThat(run.err().lines().filter(line -> line.startsWith("da3: ")))
                    .isNotEmpty();
        }
        assertThat(contents()).isEqualTo(before);
    }

    static Stream<Arguments> images() {
        return Stream.of(
                fails("images @empty --export-dir=@out/new", "/empty", "no image", ".png, .jpg, .jpeg"),
                fails("auto @empty --export-dir=@out/new", "/empty", "no image", ".png, .jpg, .jpeg"),
                fails("image @nowhere.png --export-dir=@out/new", "nowhere.png does not exist"),
                fails("auto @nowhere --model @nomodel --export-dir=@out/new", "/nowhere does not exist"),
                fails("images @nowhere --export-dir=@out/new", "nowhere does not exist"),
                fails("images @text.png --export-dir=@out/new", "text.png", "must be a directory"),
                fails("image @photos --export-dir=@out/new", "photos", "is a directory, not an image"),
                fails("image @text.png --export-dir=@out/new", "text.png", "is not an image", "PNG, JPEG"),
                fails("image @truncated.png --export-dir=@out/new", "truncated.png", "is truncated"),
                fails("image @zero.jpg --export-dir=@out/new", "zero.jpg", "is empty"),
                fails(
                        "image @huge.png --export-dir=@out/new",
                        "huge.png",
                        "at most 100000000 pixels, got 60000x60000"));
    }

    static Stream<Arguments> videos() {
        return Stream.of(
                fails("video @nowhere.mp4 --export-dir=@out/new", "nowhere.mp4 does not exist"),
                fails("video @photos --export-dir=@out/new", "photos", "is a directory, not a video"),
                fails("video @text.mp4 --export-dir=@out/new", "text.mp4", "not a video", ".mp4, .mov"),
                fails("auto @text.mp4 --export-dir=@out/new", "text.mp4", "not a video", ".mp4, .mov"),
                fails("video @text.mp4 --fps 0 --export-dir=@out/new", "at least 0.01 and finite, got 0.0"),
                fails(
                        "colmap @photos --export-dir=@out/new",
                        "photos/sparse must be a folder with the files of a COLMAP model"));
    }

    static Stream<Arguments> models() {
        return Stream.of(
                fails(
                        "image @photos/good.png --export-dir=@out/new --model seeded:da3-huge",
                        "'da3-huge'",
                        "one of da3-small, da3-base"),
                fails(
                        "image @photos/good.png --export-dir=@out/new --model no-such-model",
                        "'no-such-model'",
                        "must be the path of a file or folder",
                        "seeded:"),
                fails(
                        "image @photos/good.png --export-dir=@out/new --model da3-tiny --metric-model da3-tiny",
                        "metric model must be a model of depth in meters such as DA3METRIC-LARGE, got",
                        "da3-tiny"));
    }

    static Stream<Arguments> options() {
        String image = "image @photos/good.png --export-dir=@out/new --model seeded:da3-small ";
        return Stream.of(
                fails(
                        image + "--export-format mini_npz-obj",
                        "'obj'",
                        "must be one of",
                        "mini_npz, npz, glb, depth_vis"),
                fails(image + "--export-format=-", "export format must be one of", "depth_png16, depth_pfm"),
                fails(
                        image + "--export-format feat_vis --export-feat 1 --process-res 14",
                        "feat_vis of maps of 14x14: size of a video must be at least 16x16",
                        "got 28x14"),
                fails(image + "--export-format feat_vis", "number of feature layers for feat_vis", "--export-feat"),
                fails(
                        image + "--export-format mini_npz-gs_ply --process-res 28",
                        "gs_ply needs Gaussians, which seeded:da3-small does not predict",
                        "use a model that does"),
                fails(image + "--conf-thresh-percentile 101", "confidence percentile must be from 0 to 100, got 101.0"),
                fails(image + "--num-max-points 0", "number of points must be from 1 to 100000000, got 0"),
                fails(image + "--ref-view-strategy best", "'best'", "one of first, middle, saddle_balanced"),
                fails(image + "--process-res-method stretch", "\"stretch\"", "must be one of upper_bound_resize"),
                fails(
                        image + "--known-distance 9,9:65,9=2",
                        "point of the known distance must be inside the image, from (0, 0) to (64, 48)",
                        "got (65.0, 9.0)"),
                fails(image + "--known-distance 1:9,9:12,9=2", "view of the known distance must be from 0 to 0, got 1"),
                fails(image + "--process-res 0", "resolution must be at least 14, got 0"),
                fails(image + "--process-res 1000000", "64x48", "1000000", "must have at most"),
                fails(image + "--engine abacus", "'abacus'", "must be one of auto, nd4j"),
                fails(image + "--threads=-2", "threads must be 0", "got -2"));
    }

    static Stream<Arguments> exports() {
        String image = "image @photos/good.png --model seeded:da3-small ";
        return Stream.of(
                fails(image + "--export-dir=@text.png/below", "text.png/below", "cannot be created"),
                fails(image + "--export-dir=@text.png", "text.png", "must be a directory, got a file"),
                fails(image + "--export-dir=@out", "exports/mini_npz", "already contains results", "--overwrite"),
                fails(image + "--export-dir=@out --export-format glb", "scene.glb", "already contains results"),
                fails("image @truncated.png --overwrite --export-dir=@out", "truncated.png", "is truncated"),
                fails(image + "--overwrite --export-dir=@out --engine abacus", "'abacus'", "must be one of auto, nd4j"),
                fails("verify @photos", "photos", "must contain a folder 'cases'"),
                fails("verify @nowhere", "nowhere", "must contain a folder 'cases'"));
    }

    static Stream<Arguments> meshes() {
        String mesh = "mesh @out/exports/mini_npz/results.npz ";
        return Stream.of(
                fails(mesh + "--out @new.glb", "results.npz is not a NumPy archive"),
                fails("mesh @nowhere.npz --out @new.glb", "nowhere.npz does not exist"),
                fails("mesh @text.png --out @new.glb --model seeded:da3-small", "text.png", "is not an image"),
                fails("mesh @empty --out @new.glb --model seeded:da3-small", "/empty", "no image"),
                fails(mesh + "--out @new.obj", "new.obj", "must be a name that ends in .glb or .ply"),
                fails(mesh + "--out @out/scene.glb", "scene.glb", "already exists", "--overwrite"),
                fails(mesh + "--out @new.ply --voxel-size 0", "voxel size must be positive and finite, got 0.0"),
                fails(
                        mesh + "--out @new.ply --voxel-size 0.1 --truncation 0.05",
                        "must be 1 to 32 voxels, from 0.1 to 3.2"),
                fails(
                        mesh + "--out @new.ply --voxel-size 0.1 --max-depth=-1",
                        "maximum depth must be positive, got -1.0"),
                fails(mesh + "--out @new.ply --min-component=-1", "--min-component must be at least 0, got -1"));
    }

    static Stream<Arguments> benchmarks() {
        String bench = "bench --model seeded:da3-small ";
        String multiples = "must be HEIGHTxWIDTH in multiples of 14";
        return Stream.of(
                fails(bench + "--size 378x505", "'378x505'", multiples),
                fails(bench + "--size 378", "'378'", multiples),
                fails(bench + "--size 14x14x", "'14x14x'", multiples),
                fails(bench + "--size=-14x14", "'-14x14'", multiples),
                fails(bench + "--size axb", "'axb'", multiples),
                fails(bench + "--size 70000x70000", "'70000x70000'", multiples, "up to 2016"),
                fails(bench + "--outputs depth,color", "'color'", "one of depth, camera, rays, gaussians"),
                fails(bench + "--outputs ,", "''", "one of depth, camera, rays, gaussians"),
                fails(bench + "--size 14x14 --outputs gaussians", "this model does not predict gaussians"),
                fails(bench + "--repeats 0", "repeats must be at least 1, got 0"),
                fails(bench + "--views 0", "views must be at least 1, got 0"),
                fails("bench --model da3", "'da3'", "must be", "seeded:"));
    }

    static Stream<Arguments> usage() {
        return Stream.of(
                misused("image", "FILE"),
                misused("images", "DIR"),
                misused("verify", "DIR"),
                misused("mesh", "INPUT"),
                misused("bench", "--model"),
                misused("paint @photos", "paint"),
                misused("image @photos/good.png --color blue", "--color"),
                misused("image @photos/good.png --process-res wide", "--process-res", "wide"),
                misused("image @photos/good.png --seed 1.5", "--seed", "1.5"),
                misused("bench --model seeded:da3-small --repeats many", "--repeats", "many"));
    }

    @Test
    void helpIsPrintedWithoutASubcommand() {
        CommandRun run = CommandRun.of(List.of());
        assertThat(run.exitCode()).isEqualTo(USAGE);
        assertThat(run.err()).contains("Usage: da3", "auto", "verify", "bench");
    }

    @Test
    void otherFilesInTheExportDirectoryAreKept() throws IOException {
        Map<String, String> before = contents();
        CommandRun run = CommandRun.of(
                "image",
                folder.resolve("photos/good.png").toString(),
                "--model=seeded:da3-small",
                "--process-res=56",
                "--threads=1",
                "--export-format=mini_npz",
                "--overwrite",
                "--export-dir=" + folder.resolve("out"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        Map<String, String> after = contents();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(after.remove("out/exports/mini_npz/results.npz"))
                .startsWith("PK")
                .isNotEqualTo(before.remove("out/exports/mini_npz/results.npz"));
        assertThat(after).isEqualTo(before);
        assertThat(run.out().strip())
                .isEqualTo(folder.resolve("out/exports/mini_npz/results.npz").toString());
    }

    private static Arguments fails(String command, String... parts) {
        return Arguments.of(FAILED, command, List.of(parts));
    }

    private static Arguments misused(String command, String... parts) {
        return Arguments.of(USAGE, command, List.of(parts));
    }

    /** Returns the contents of all files below the folder. Directories do not count, since the export directory may be created. */
    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        folder.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    private static byte[] png(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, i * 2654435 & 0xffffff);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** Returns a PNG with the header of a very large image and no pixels. */
    private static byte[] pngHeader(int width, int height) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream chunk = new DataOutputStream(header);
        chunk.writeBytes("IHDR");
        chunk.writeInt(width);
        chunk.writeInt(height);
        chunk.write(new byte[] {8, 2, 0, 0, 0}); // 8 bits of red, green, blue
        CRC32 checksum = new CRC32();
        checksum.update(header.toByteArray());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream png = new DataOutputStream(bytes);
        png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        png.writeInt(13);
        png.write(header.toByteArray());
        png.writeInt((int) checksum.getValue());
        return bytes.toByteArray();
    }
}
