package da3.io;

import da3.geometry.GaussianCloud;
import da3.geometry.Image;
import da3.geometry.Scene;
import da3.geometry.TriangleMesh;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that readers read or refuse randomly damaged files. */
class ReaderFuzzTest {

    private static final Scene SCENE = Scenes.random(7, 5, 3);

    @TempDir
    private static Path folder;

    @ParameterizedTest
    @MethodSource({"images", "archives", "archivedArrays", "gaussians", "surfaces", "maps"})
    void damagedFilesAreReadOrRefused(FuzzedReader reader) throws Exception {
        reader.fuzz();
    }

    private interface FileReading {
        void read(Path file) throws IOException;
    }

    private static FuzzedReader reader(String name, byte[] sample, FileReading reading) {
        Path file = folder.resolve(name.replace(' ', '.'));
        return new FuzzedReader(
                name, sample, List.of(IOException.class), bytes -> reading.read(Files.write(file, bytes)));
    }

    static Stream<FuzzedReader> images() throws IOException {
        Image image = SCENE.view(0).image();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        PngWriter.write(image, png);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        JpegWriter.write(image, jpeg);
        byte[] turned = JpegFiles.withSegment(
                jpeg.toByteArray(),
                0xe1,
                JpegFiles.joined("Exif\0\0", TiffFiles.orientation(6, ByteOrder.LITTLE_ENDIAN)));
        return Stream.of(
                image("png", png.toByteArray()),
                resealedPng(png.toByteArray()),
                image("jpeg", jpeg.toByteArray()),
                image("turned jpeg", turned),
                image("inks jpeg", JpegFiles.ofInks(new int[] {255, 9, 99, 255}, new int[] {0, 255, 7, 255})),
                image("bmp", encoded(image, "bmp")),
                image("tiff", encoded(image, "tiff")),
                image("lossy webp", fixture("lossy.webp")),
                image("lossless webp", fixture("lossless.webp")));
    }

    /** Corrects the checksums after damaging the file, so that the damage reaches the decoder. */
    private static FuzzedReader resealedPng(byte[] sample) {
        Path file = folder.resolve("resealed.png");
        return new FuzzedReader("resealed png", sample, List.of(IOException.class), bytes -> {
            Files.write(file, PngChunks.resealed(bytes));
            Images.size(file);
            Images.read(file);
        });
    }

    private static FuzzedReader image(String name, byte[] sample) {
        return reader(name, sample, file -> {
            Images.size(file);
            Images.read(file);
        });
    }

    private static byte[] encoded(Image image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(BufferedImages.of(image), format, out);
        return out.toByteArray();
    }

    private static byte[] fixture(String name) throws IOException {
        try (InputStream in = ReaderFuzzTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    static Stream<FuzzedReader> archives() throws IOException {
        return Stream.of(
                reader("cameras npz", Files.readAllBytes(MiniNpz.write(SCENE, folder)), NpzCameras::read),
                reader("scene npz", Files.readAllBytes(Npz.write(SCENE, folder)), SceneNpz::read));
    }

    /** Damages the arrays before archiving them, so that the damage passes the checks of the archive. */
    static Stream<FuzzedReader> archivedArrays() throws IOException {
        Map<String, byte[]> arrays = entries(Npz.write(SCENE, folder));
        return Stream.concat(
                arrays.keySet().stream().map(name -> array("scene " + name, arrays, name, SceneNpz::read)),
                Stream.of("depth.npy", "extrinsics.npy", "intrinsics.npy")
                        .map(name -> array("cameras " + name, arrays, name, NpzCameras::read)));
    }

    private static FuzzedReader array(String title, Map<String, byte[]> arrays, String name, FileReading reading) {
        Path archive = folder.resolve("arrays.npz");
        return new FuzzedReader(title, arrays.get(name), List.of(IOException.class), bytes -> {
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
                for (String entry : arrays.keySet()) {
                    out.putNextEntry(new ZipEntry(entry));
                    out.write(entry.equals(name) ? bytes : arrays.get(entry));
                }
            }
            reading.read(archive);
        });
    }

    private static Map<String, byte[]> entries(Path archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }

    static Stream<FuzzedReader> gaussians() throws IOException {
        ByteArrayOutputStream ply = new ByteArrayOutputStream();
        GaussianPly.write(cloud(3), ply, GaussianPlyOptions.complete());
        return Stream.of(reader("gaussians ply", ply.toByteArray(), GaussianPlyReader::read));
    }

    static Stream<FuzzedReader> surfaces() throws IOException {
        TriangleMesh mesh = new TriangleMesh(filled(12), filled(12), new byte[12], new int[] {0, 1, 2, 1, 2, 3});
        Path text = folder.resolve("text.ply");
        Path binary = folder.resolve("binary.ply");
        Ply.write(mesh, text, PlyFormat.ASCII);
        Ply.write(mesh, binary, PlyFormat.BINARY_LITTLE_ENDIAN);
        return Stream.of(
                reader("text mesh ply", Files.readAllBytes(text), PlyReader::read),
                reader("binary mesh ply", Files.readAllBytes(binary), PlyReader::read));
    }

    static Stream<FuzzedReader> maps() throws IOException {
        return Stream.of(
                reader("pfm", Files.readAllBytes(Pfm.write(SCENE, folder).get(0)), Pfm::read),
                reader(
                        "gray png",
                        Files.readAllBytes(DepthPng16.write(SCENE, folder).get(0)),
                        GrayImages::read));
    }

    private static GaussianCloud cloud(int size) {
        return new GaussianCloud(
                filled(3 * size), filled(3 * size), filled(4 * size), filled(12 * size), filled(size), 1);
    }

    private static float[] filled(int length) {
        float[] values = new float[length];
        Arrays.fill(values, 0.5f);
        return values;
    }
}
