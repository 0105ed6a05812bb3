package da3.io.colmap;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.io.ExportDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes COLMAP models. */
public final class ColmapFiles {

    private static final String CAMERAS = "cameras";
    private static final String IMAGES = "images";
    private static final String POINTS = "points3D";

    private ColmapFiles() {}

    /**
     * Reads a model from its three files: the binary files if all three exist, otherwise the text files.
     *
     * @throws NoSuchFileException if the folder contains neither
     * @throws ColmapException if a file is damaged or truncated, or has a camera of an unsupported model
     */
    public static ColmapModel read(Path folder) throws IOException {
        if (has(folder, ColmapBinary.EXTENSION)) {
            return model(
                    folder,
                    ColmapBinary.cameras(file(folder, CAMERAS, ColmapBinary.EXTENSION)),
                    ColmapBinary.images(file(folder, IMAGES, ColmapBinary.EXTENSION)),
                    ColmapBinary.points(file(folder, POINTS, ColmapBinary.EXTENSION)));
        }
        if (has(folder, ColmapText.EXTENSION)) {
            return model(
                    folder,
                    ColmapText.cameras(file(folder, CAMERAS, ColmapText.EXTENSION)),
                    ColmapText.images(file(folder, IMAGES, ColmapText.EXTENSION)),
                    ColmapText.points(file(folder, POINTS, ColmapText.EXTENSION)));
        }
        throw new NoSuchFileException(
                folder.toString(),
                null,
                "must be a folder with the files of a COLMAP model: cameras, images and points3D, all .bin or .txt");
    }

    /**
     * Reads cameras and images of a model, without its points, so that {@code points3D} need not be there.
     *
     * @throws NoSuchFileException if the folder holds no cameras and images
     * @throws ColmapException if a file is damaged or cut short, or has a camera of a model that is not known; the
     *     message names it
     */
    public static ColmapModel readCameras(Path folder) throws IOException {
        for (String extension : List.of(ColmapBinary.EXTENSION, ColmapText.EXTENSION)) {
            Path cameras = file(folder, CAMERAS, extension);
            Path images = file(folder, IMAGES, extension);
            if (Files.isRegularFile(cameras) && Files.isRegularFile(images)) {
                return extension.equals(ColmapBinary.EXTENSION)
                        ? model(folder, ColmapBinary.cameras(cameras), ColmapBinary.images(images), List.of())
                        : model(folder, ColmapText.cameras(cameras), ColmapText.images(images), List.of());
            }
        }
        throw new NoSuchFileException(
                folder.toString(), null, "holds no COLMAP cameras and images, expected both as .bin or both as .txt");
    }

    /**
     * Writes {@code cameras.bin}, {@code images.bin} and {@code points3D.bin} and returns their paths.
     *
     * @param folder relative to the export directory
     * @throws IOException if a file cannot be written; the message says why
     */
    public static List<Path> writeBinary(ColmapModel model, Path exportDirectory, String folder) throws IOException {
        Map<String, ExportDirectory.Content> files = new LinkedHashMap<>();
        files.put(folder + "/" + CAMERAS + ColmapBinary.EXTENSION, ColmapBinary.cameras(model));
        files.put(folder + "/" + IMAGES + ColmapBinary.EXTENSION, ColmapBinary.images(model));
        files.put(folder + "/" + POINTS + ColmapBinary.EXTENSION, ColmapBinary.points(model));
        return ExportDirectory.open(exportDirectory).write(files);
    }

    /**
     * Writes {@code cameras.txt}, {@code images.txt} and {@code points3D.txt} and returns their paths.
     *
     * @param folder relative to the export directory
     * @throws IOException if a file cannot be written; the message says why
     */
    public static List<Path> writeText(ColmapModel model, Path exportDirectory, String folder) throws IOException {
        Map<String, ExportDirectory.Content> files = new LinkedHashMap<>();
        files.put(folder + "/" + CAMERAS + ColmapText.EXTENSION, ColmapText.cameras(model));
        files.put(folder + "/" + IMAGES + ColmapText.EXTENSION, ColmapText.images(model));
        files.put(folder + "/" + POINTS + ColmapText.EXTENSION, ColmapText.points(model));
        return ExportDirectory.open(exportDirectory).write(files);
    }

    private static boolean has(Path folder, String extension) {
        return Files.isRegularFile(file(folder, CAMERAS, extension))
                && Files.isRegularFile(file(folder, IMAGES, extension))
                && Files.isRegularFile(file(folder, POINTS, extension));
    }

    private static Path file(Path folder, String name, String extension) {
        return folder.resolve(name + extension);
    }

    private static ColmapModel model(
            Path folder, List<ColmapCamera> cameras, List<ColmapImage> images, List<ColmapPoint> points)
            throws ColmapException {
        try {
            return new ColmapModel(cameras, images, points);
        } catch (IllegalArgumentException e) {
            throw new ColmapException(folder, "inconsistent model: " + e.getMessage());
        }
    }

    static ColmapException unknownModel(Path file, int camera, String name) {
        return new ColmapException(
                file, Check.message("model of camera " + camera, "one of " + ColmapCameraModel.names(), name));
    }

    static ColmapCamera camera(Path file, int id, ColmapCameraModel model, int width, int height, double[] parameters)
            throws ColmapException {
        try {
            return new ColmapCamera(id, model, width, height, parameters);
        } catch (IllegalArgumentException e) {
            throw new ColmapException(file, e.getMessage());
        }
    }

    static int side(Path file, int camera, long pixels) throws ColmapException {
        if (pixels < 1 || pixels > Integer.MAX_VALUE) {
            throw new ColmapException(
                    file, Check.message("image side of camera " + camera, "from 1 to " + Integer.MAX_VALUE, pixels));
        }
        return (int) pixels;
    }

    /**
     * Returns the pose of an image.
     *
     * @param q quaternion w, x, y, z of the world-to-camera rotation, normalized here
     * @param t world-to-camera translation
     * @throws ColmapException if the quaternion is 0 or a value is not finite
     */
    static Pose pose(Path file, int image, double[] q, double[] t) throws ColmapException {
        double squaredNorm = q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3];
        Vec3 translation = new Vec3(t[0], t[1], t[2]);
        if (!(squaredNorm > 0 && squaredNorm < Double.POSITIVE_INFINITY) || !translation.isFinite()) {
            String got = "quaternion " + Arrays.toString(q) + " and translation " + Arrays.toString(t);
            throw new ColmapException(
                    file,
                    Check.message("pose of image " + image, "a finite, nonzero quaternion and a translation", got));
        }
        return new Pose(new Quaternion(q[1], q[2], q[3], q[0]).toMatrix(), translation);
    }
}
