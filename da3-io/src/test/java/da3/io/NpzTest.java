package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.io.internal.Rounding;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpzTest {

    @TempDir
    Path dir;

    /** The header text and the values of an array. */
    private record Read(String header, ByteBuffer values) {}

    @Test
    void arraysAreReadBack() throws IOException {
        float[] floats = new float[40_000];
        floats[39_999] = (float) Math.PI;
        Map<String, Npy> arrays = new LinkedHashMap<>();
        arrays.put("f", Npy.floats(floats, 2, 20_000));
        arrays.put("b", Npy.bytes(new byte[] {1, -1}, 1, 2, 1));
        Path file = dir.resolve("a.npz");
        write(file, arrays);

        Read f = read(file, "f");
        assertThat(f.header).contains("'descr': '<f4'", "'fortran_order': False", "'shape': (2, 20000,)");
        assertThat(f.values.remaining()).isEqualTo(160_000);
        assertThat(f.values.getFloat(f.values.position() + 4 * 39_999)).isEqualTo((float) Math.PI);
        Read b = read(file, "b");
        assertThat(b.header).contains("'|u1'", "(1, 2, 1,)");
        assertThat(b.values.remaining()).isEqualTo(2);
    }

    @Test
    void equalArraysResultInEqualBytes() throws IOException {
        Map<String, Npy> arrays = Map.of("a", Npy.floats(new float[] {1, 2}, 2));
        write(dir.resolve("a.npz"), arrays);
        write(dir.resolve("b.npz"), arrays);
        assertThat(dir.resolve("a.npz")).hasSameBinaryContentAs(dir.resolve("b.npz"));
        try (ZipFile zip = new ZipFile(dir.resolve("a.npz").toFile())) {
            assertThat(zip.getEntry("a.npy").getTimeLocal().getYear()).isEqualTo(1980);
        }
    }

    @Test
    void shapeAndValuesMustAgree() {
        assertThatThrownBy(() -> Npy.floats(new float[3], 2, 2))
                .hasMessage("number of values of shape [2, 2] must be 4, got 3");
    }

    @ParameterizedTest
    @CsvSource({
        "0.125, 2, 0.12",
        "0.375, 2, 0.38",
        "-0.125, 2, -0.12",
        "1.23456789, 6, 1.234568",
        "5, 8, 5",
        "NaN, 2, NaN"
    })
    void roundsHalfToEven(float value, int digits, float expected) {
        assertThat(Rounding.toDigits(value, digits)).isEqualTo(Float.valueOf(expected));
        assertThat(Rounding.toDigits(new float[] {value}, digits)).containsExactly(expected);
    }

    @Test
    void theSmallArchiveHasDepthConfidenceAndCameras() throws IOException {
        Pose pose = new Pose(Mat3.IDENTITY, new Vec3(1, 2, 3));
        Camera camera = new Camera(pose, new Intrinsics(10, 20, 1.5, 1));
        Path file = MiniNpz.write(scene(view(3, 2, true, camera), view(3, 2, true, camera)), dir);

        assertThat(file).isEqualTo(dir.resolve("exports/mini_npz/results.npz"));
        Read depth = read(file, "depth");
        assertThat(depth.header).contains("(2, 2, 3,)");
        assertThat(depth.values.getFloat()).isEqualTo(0.12345679f);
        assertThat(read(file, "conf").values.getFloat()).isEqualTo(0.12f);
        Read extrinsics = read(file, "extrinsics");
        assertThat(extrinsics.header).contains("(2, 3, 4,)");
        assertThat(extrinsics.values.getFloat(extrinsics.values.position() + 12))
                .isEqualTo(1);
        Read intrinsics = read(file, "intrinsics");
        assertThat(intrinsics.header).contains("(2, 3, 3,)");
        assertThat(intrinsics.values.getFloat(intrinsics.values.position() + 8)).isEqualTo(1.5f);
    }

    @Test
    void theLargeArchiveHasImagesAndFewerDigits() throws IOException {
        Camera camera = new Camera(Pose.IDENTITY, new Intrinsics(10, 20, 1.5, 1));
        Scene scene = scene(view(3, 2, true, camera), view(3, 2, true, camera));
        scene.view(1).image().rgb()[17] = (byte) 200;
        Path file = Npz.write(scene, dir);

        assertThat(file).isEqualTo(dir.resolve("exports/npz/results.npz"));
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(Object::toString))
                    .containsExactly("image.npy", "depth.npy", "conf.npy", "extrinsics.npy", "intrinsics.npy");
        }
        Read image = read(file, "image");
        assertThat(image.header).contains("'|u1'", "(2, 2, 3, 3,)");
        assertThat(image.values.get(image.values.position() + 35)).isEqualTo((byte) 200);
        assertThat(read(file, "depth").values.getFloat()).isEqualTo(0.123457f);
    }

    @Test
    void arraysThatAViewLacksAreOmitted() throws IOException {
        Camera camera = new Camera(Pose.IDENTITY, new Intrinsics(1, 1, 0, 0));
        Path file = MiniNpz.write(scene(view(3, 2, true, null), view(3, 2, false, camera)), dir);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(Object::toString)).containsExactly("depth.npy");
        }
    }

    @Test
    void invalidScenesLeaveNoFile() {
        assertThatThrownBy(() -> MiniNpz.write(scene(), dir)).hasMessage("number of views must be positive, got 0");
        assertThatThrownBy(() -> MiniNpz.write(scene(view(3, 2, true, null), view(2, 3, true, null)), dir))
                .hasMessage("map of view 1 must be 3x2 like that of view 0, got 2x3");
        assertThat(dir).isEmptyDirectory();
    }

    static void write(Path file, Map<String, Npy> arrays) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            NpzWriter.write(out, arrays);
        }
    }

    private static Scene scene(View... views) {
        return new Scene(List.of(views), Optional.empty(), false);
    }

    private static View view(int width, int height, boolean confident, Camera camera) {
        float[] values = new float[width * height];
        values[0] = 0.123456789f;
        ScalarMap map = new ScalarMap(width, height, values);
        return new View(
                new Image(width, height, new byte[3 * width * height]),
                map,
                confident ? Optional.of(map) : Optional.empty(),
                Optional.ofNullable(camera));
    }

    private static Read read(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile());
                InputStream in = zip.getInputStream(zip.getEntry(name + ".npy"))) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(bytes.get(0) & 0xff).isEqualTo(0x93);
            assertThat(new String(bytes.array(), 1, 5, StandardCharsets.US_ASCII))
                    .isEqualTo("NUMPY");
            assertThat(bytes.getShort(6)).isEqualTo((short) 1);
            int length = bytes.getShort(8);
            assertThat((10 + length) % 64).isZero();
            String header = new String(bytes.array(), 10, length, StandardCharsets.US_ASCII);
            assertThat(header).endsWith("\n");
            return new Read(header, bytes.position(10 + length));
        }
    }
}
