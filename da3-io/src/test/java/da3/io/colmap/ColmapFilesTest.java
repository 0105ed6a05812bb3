package da3.io.colmap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Pose;
import da3.geometry.lens.ImagePlanePoint;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColmapFilesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void modelsAreReadBack(boolean text) throws IOException {
        ColmapModel model = model();
        List<Path> files = text
                ? ColmapFiles.writeText(model, folder, "sparse/0")
                : ColmapFiles.writeBinary(model, folder, "sparse/0");
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        text
                                ? new String[] {"cameras.txt", "images.txt", "points3D.txt"}
                                : new String[] {"cameras.bin", "images.bin", "points3D.bin"});
        assertSame(ColmapFiles.read(folder.resolve("sparse/0")), model);
    }

    /** A quarter turn about z: quaternion (cos 45, 0, 0, sin 45). */
    @Test
    void textFilesOfColmapAreRead() throws IOException {
        writeText(
                "# Camera list\n7 OPENCV 640 480 500 510 320 240 -0.1 0.01 0.001 0.002\n",
                "# Image list\n3 0.7071067811865476 0 0 0.7071067811865476 1 2 3 7 a photo.jpg\n"
                        + "10.5 20.25 9 30 40 -1 50 60 18446744073709551615\n4 1 0 0 0 0 0 0 7 second.jpg\n\n",
                "# 3D points\n9 0.5 -1e-3 4 255 0 128 0.75 3 0\n");
        ColmapModel model = ColmapFiles.read(folder);
        assertThat(model.camera(7).model()).isEqualTo(ColmapCameraModel.OPENCV);
        assertThat(model.images()).extracting(ColmapImage::name).containsExactly("a photo.jpg", "second.jpg");
        ColmapImage first = model.images().get(0);
        Vec3 turned = first.pose().transform(new Vec3(1, 0, 0));
        assertThat(turned.minus(new Vec3(1, 3, 3)).norm()).isLessThan(1e-12);
        assertThat(first.xy()).containsExactly(10.5, 20.25, 30, 40, 50, 60);
        assertThat(first.points()).containsExactly(9, ColmapImage.NO_POINT, ColmapImage.NO_POINT);
        assertThat(model.images().get(1).points()).isEmpty();
        ColmapPoint point = model.points().get(0);
        assertThat(point.position()).isEqualTo(new Vec3(0.5, -1e-3, 4));
        assertThat(point.rgb()).containsExactly(255, 0, 128);
        assertThat(point.images()).containsExactly(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void camerasAreReadWithoutPoints(boolean text) throws IOException {
        ColmapModel model = model();
        List<Path> files = text
                ? ColmapFiles.writeText(model, folder, "sparse/0")
                : ColmapFiles.writeBinary(model, folder, "sparse/0");
        Files.delete(files.get(2));
        ColmapModel read = ColmapFiles.readCameras(folder.resolve("sparse/0"));
        assertSame(read, new ColmapModel(model.cameras(), model.images(), List.of()));
        Files.delete(files.get(1));
        assertThatThrownBy(() -> ColmapFiles.readCameras(folder.resolve("sparse/0")))
                .hasMessageContaining("sparse")
                .hasMessageContaining("holds no COLMAP cameras and images");
    }

    @ParameterizedTest
    @EnumSource(ColmapCameraModel.class)
    void everyCameraModelProjectsAndUnprojects(ColmapCameraModel model) {
        double[] parameters = new double[model.parameters()];
        boolean oneFocal = model.name().startsWith("SIMPLE") || model.name().startsWith("RADIAL");
        double[] pinhole = oneFocal ? new double[] {500, 310, 250} : new double[] {500, 520, 310, 250};
        System.arraycopy(pinhole, 0, parameters, 0, pinhole.length);
        Arrays.fill(parameters, pinhole.length, parameters.length, 0.01);
        ColmapCamera camera = new ColmapCamera(1, model, 640, 480, parameters);
        assertThat(camera.lens().intrinsics().fy()).isEqualTo(oneFocal ? 500 : 520);
        assertThat(camera.lens().intrinsics().cx()).isEqualTo(310);
        ImagePlanePoint direction = new ImagePlanePoint(0.3, -0.2);
        ImagePlanePoint back = camera.lens()
                .inverse()
                .unproject(camera.lens().project(direction))
                .orElseThrow();
        assertThat(back.x()).isCloseTo(direction.x(), within(1e-8));
        assertThat(back.y()).isCloseTo(direction.y(), within(1e-8));
        assertThatThrownBy(() -> new ColmapCamera(1, model, 640, 480, new double[1]))
                .hasMessage("number of parameters of camera 1 must be " + model.parameters() + " for the model " + model
                        + ", got 1");
    }

    /** Each parameter has a different value; r^2 = 0.13 at (0.3, -0.2). */
    @Test
    void parametersAreInColmapsOrder() {
        double[] full = {1, 1, 0, 0, 0.1, 0.2, 0.01, 0.02, 0.3, 0.4, 0.5, 0.6};
        double rr = 0.13;
        double radial = (1 + 0.1 * rr + 0.2 * rr * rr + 0.3 * rr * rr * rr)
                / (1 + 0.4 * rr + 0.5 * rr * rr + 0.6 * rr * rr * rr);
        ImagePlanePoint seen = new ColmapCamera(1, ColmapCameraModel.FULL_OPENCV, 9, 9, full)
                .lens()
                .distort(new ImagePlanePoint(0.3, -0.2));
        assertThat(seen.x()).isCloseTo(0.3 * radial - 2 * 0.01 * 0.06 + 0.02 * (rr + 0.18), within(1e-12));
        assertThat(seen.y()).isCloseTo(-0.2 * radial + 0.01 * (rr + 0.08) - 2 * 0.02 * 0.06, within(1e-12));
        double radius = Math.sqrt(rr);
        double angle = Math.atan(radius);
        double aa = angle * angle;
        double x = 0.3 * angle / radius;
        double y = -0.2 * angle / radius;
        double spread = 1 + aa * (0.1 + aa * (0.2 + aa * (0.3 + aa * 0.4)));
        ImagePlanePoint thin = new ColmapCamera(1, ColmapCameraModel.THIN_PRISM_FISHEYE, 9, 9, full)
                .lens()
                .distort(new ImagePlanePoint(0.3, -0.2));
        assertThat(thin.x())
                .isCloseTo(x * spread + 2 * 0.01 * x * y + 0.02 * (aa + 2 * x * x) + 0.5 * aa, within(1e-12));
        assertThat(thin.y())
                .isCloseTo(y * spread + 0.01 * (aa + 2 * y * y) + 2 * 0.02 * x * y + 0.6 * aa, within(1e-12));
    }

    @Test
    void unsupportedModelsAreRefused() throws IOException {
        writeText("1 RAD_TAN_THIN_PRISM_FISHEYE 640 480 1 1 1 1\n", "", "");
        assertThatThrownBy(() -> ColmapFiles.read(folder))
                .isInstanceOf(ColmapException.class)
                .hasMessageContaining("cameras.txt: model of camera 1 must be one of SIMPLE_PINHOLE, PINHOLE, ")
                .hasMessageEndingWith(", got RAD_TAN_THIN_PRISM_FISHEYE");
        ColmapFiles.writeBinary(model(), folder, ".");
        byte[] cameras = Files.readAllBytes(folder.resolve("cameras.bin"));
        Files.write(folder.resolve("cameras.bin"), patched(cameras, 12, 11));
        assertThatThrownBy(() -> ColmapFiles.read(folder)).hasMessageEndingWith("got RAD_TAN_THIN_PRISM_FISHEYE");
        Files.write(folder.resolve("cameras.bin"), patched(cameras, 12, 99));
        assertThatThrownBy(() -> ColmapFiles.read(folder)).hasMessageEndingWith("got number 99");
    }

    /** Truncates each file at many positions. */
    @ParameterizedTest
    @ValueSource(strings = {"cameras.bin", "images.bin", "points3D.bin"})
    void truncatedFilesAreRefused(String name) throws IOException {
        ColmapFiles.writeBinary(model(), folder, ".");
        byte[] whole = Files.readAllBytes(folder.resolve(name));
        for (int length = 0; length < whole.length; length += 1 + whole.length / 50) {
            Files.write(folder.resolve(name), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ColmapFiles.read(folder))
                    .isInstanceOf(ColmapException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining("truncated");
        }
        Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> ColmapFiles.read(folder))
                .hasMessageEndingWith(": damaged: 1 bytes follow the last entry");
    }

    @Test
    void invalidModelsAreRefused() throws IOException {
        assertThatThrownBy(() -> ColmapFiles.read(folder))
                .hasMessageContaining(
                        "must be a folder with the files of a COLMAP model: cameras, images and points3D");
        writeText("1 PINHOLE 640 480 1 1 1\n", "", "");
        assertThatThrownBy(() -> ColmapFiles.read(folder))
                .hasMessageEndingWith("parameters of camera 1 must be 4 for the model PINHOLE, got 3");
        writeText("1 PINHOLE 640\n", "", "");
        assertThatThrownBy(() -> ColmapFiles.read(folder))
                .hasMessageEndingWith("cameras.txt: fields of line 1 must be at least 4, got 3");
        writeText("1 PINHOLE 640 tall 1 1 1 1\n", "", "");
        assertThatThrownBy(() -> ColmapFiles.read(folder))
                .hasMessageEndingWith("cameras.txt: field 4 of line 1 must be a whole number, got 'tall'");
        writeText("1 PINHOLE 640 480 0 1 1 1\n", "", "");
        assertThatThrownBy(() -> ColmapFiles.read(folder)).hasMessageContainingAll("camera 1", "0.0 and 1.0");
        writeText("1 PINHOLE 640 480 1 1 1 1\n", "1 1 0 0 0 0 0 0 2 a.jpg\n\n", "");
        assertThatThrownBy(() -> ColmapFiles.read(folder))
                .isInstanceOf(ColmapException.class)
                .hasMessageEndingWith("camera of image 1 (a.jpg) must be one of [1], got 2");
        writeText("1 PINHOLE 640 480 1 1 1 1\n", "1 0 0 0 0 0 0 0 1 a.jpg\n\n", "");
        assertThatThrownBy(() -> ColmapFiles.read(folder))
                .hasMessageContaining("images.txt: pose of image 1 must be a finite, nonzero quaternion");
    }

    /** Damaged entries are neither skipped nor guessed. */
    @Test
    void damagedTextIsRefused() throws IOException {
        String camera = "1 PINHOLE 640 480 1 1 1 1\n";
        String image = "1 1 0 0 0 0 0 0 1 a.jpg\n\n";
        writeText(camera, image, "9 0 0 1 255 0 128 0.75 1 0 2\n");
        assertThatThrownBy(() -> ColmapFiles.read(folder))
                .isInstanceOf(ColmapException.class)
                .hasMessageEndingWith("points3D.txt: number of fields of the track of point 9 must be even, got 3");
        writeText(camera, image, "9 0 0 1 256 0 128 0.75\n");
        assertThatThrownBy(() -> ColmapFiles.read(folder))
                .hasMessageEndingWith("field 5 of line 1 must be from 0 to 255, got '256'");
        Files.write(folder.resolve("images.txt"), "1 1 0 0 0 0 0 0 1 \u00e9t\u00e9.jpg\n\n".getBytes(ISO_8859_1));
        assertThatThrownBy(() -> ColmapFiles.read(folder))
                .isInstanceOf(ColmapException.class)
                .hasMessageContaining("images.txt: not UTF-8 text");
    }

    @Test
    void commentsCanBeIndented() throws IOException {
        writeText(" # a camera\n1 PINHOLE 640 480 1 1 1 1\n", "\t# no image\n", "");
        assertThat(ColmapFiles.read(folder).cameras()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1, 0})
    void invalidCamerasAreRefusedWithTheNameOfTheFile(double focal) throws IOException {
        ColmapFiles.writeBinary(model(), folder, ".");
        byte[] cameras = Files.readAllBytes(folder.resolve("cameras.bin"));
        ByteBuffer.wrap(cameras).order(ByteOrder.LITTLE_ENDIAN).putDouble(32, focal);
        Files.write(folder.resolve("cameras.bin"), cameras);
        assertThatThrownBy(() -> ColmapFiles.read(folder))
                .isInstanceOf(ColmapException.class)
                .hasMessageContainingAll("cameras.bin: ", "camera 1");
        writeText("1 OPENCV 640 480 500 500 320 240 0 " + Double.NaN + " 0 0\n", "", "");
        Files.delete(folder.resolve("cameras.bin"));
        assertThatThrownBy(() -> ColmapFiles.read(folder))
                .isInstanceOf(ColmapException.class)
                .hasMessageContainingAll("cameras.txt: parameters of camera 1 must be finite, got [", "NaN");
    }

    private void writeText(String cameras, String images, String points) throws IOException {
        Files.write(folder.resolve("cameras.txt"), cameras.getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("images.txt"), images.getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("points3D.txt"), points.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] patched(byte[] bytes, int at, int value) {
        byte[] patched = bytes.clone();
        ByteBuffer.wrap(patched).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return patched;
    }

    /** Returns a model with one camera, image and point for each camera model. */
    private static ColmapModel model() {
        List<ColmapCamera> cameras = new ArrayList<>();
        List<ColmapImage> images = new ArrayList<>();
        List<ColmapPoint> points = new ArrayList<>();
        for (ColmapCameraModel model : ColmapCameraModel.values()) {
            int n = cameras.size() + 1;
            double[] parameters = new double[model.parameters()];
            Arrays.setAll(parameters, i -> i < 2 ? 300.0 / (i + n) : 0.1 / (i + n));
            cameras.add(new ColmapCamera(n, model, 100 + n, 200 + n, parameters));
            Pose pose = new Pose(new Quaternion(0.1 * n, 0.2, -0.3, 1).toMatrix(), new Vec3(n, 1.0 / n, -n));
            long[] seen = {n, ColmapImage.NO_POINT};
            images.add(new ColmapImage(
                    10 * n, pose, n, "photos/\u00e9t\u00e9 " + n + ".jpg", new double[] {n / 3.0, 1e-7, n, 4.5}, seen));
            points.add(new ColmapPoint(
                    n,
                    new Vec3(1.0 / n, n, 1e9 / n),
                    new byte[] {(byte) n, (byte) 200, 0},
                    n / 7.0,
                    new int[] {10 * n},
                    new int[] {0}));
        }
        return new ColmapModel(cameras, images, points);
    }

    private static void assertSame(ColmapModel actual, ColmapModel expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-15 ? 0 : Double.compare(a, b), Double.class)
                .isEqualTo(expected);
    }
}
