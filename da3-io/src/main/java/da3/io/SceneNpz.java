package da3.io;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.check.Check;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Reads scenes from NumPy archives written by {@link Npz}, {@link MiniNpz} or the reference. */
public final class SceneNpz {

    /** Color of pixels without an image. */
    private static final byte GRAY = (byte) 160;

    private SceneNpz() {}

    /**
     * Reads depth (N, H, W) and, if present, conf (N, H, W), extrinsics (N, 3 or 4, 4), world-to-camera, intrinsics (N,
     * 3, 3) and image (N, H, W, 3), uint8. Without images all pixels are gray. The scene is not
     * {@linkplain Scene#metric metric}, because the archive does not state its unit of length.
     *
     * @throws IOException if the file cannot be read, is not such an archive, or an array has another shape; the
     *     message says which
     */
    public static Scene read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " does not exist");
        }
        return open(file, zip -> {
            NpyArray depth = array(zip, file, "depth")
                    .orElseThrow(() -> new IOException(
                            file + " must be an archive of the format npz or mini_npz, but has no array 'depth'"));
            int[] shape = depth.shape();
            if (shape.length != 3 || shape[0] < 1 || shape[1] < 1 || shape[2] < 1) {
                throw new IOException(file + ": "
                        + Check.message("shape of depth", "(views, height, width)", Arrays.toString(shape)));
            }
            Optional<NpyArray> confidence = array(zip, file, "conf", shape);
            Optional<NpyArray> image = array(zip, file, "image", shape[0], shape[1], shape[2], 3);
            Optional<double[]> intrinsics =
                    array(zip, file, "intrinsics", shape[0], 3, 3).map(NpyArray::doubles);
            Optional<NpyArray> extrinsics = array(zip, file, "extrinsics");
            int rows = extrinsics
                    .map(e -> e.shape().length == 3 && e.shape()[1] == 4 ? 4 : 3)
                    .orElse(3);
            if (extrinsics.isPresent()) {
                requireShape(extrinsics.get(), file, "extrinsics", shape[0], rows, 4);
            }
            Optional<double[]> poses = extrinsics.map(NpyArray::doubles);
            List<View> views = new ArrayList<>();
            for (int v = 0; v < shape[0]; v++) {
                int view = v;
                Optional<Camera> camera = poses.flatMap(e -> intrinsics.map(
                        k -> new Camera(Pose.ofMatrix(e, view * rows * 4), Intrinsics.ofMatrix(k, view * 9))));
                views.add(new View(
                        image(image, v, shape),
                        map(depth, v, shape),
                        confidence.map(c -> map(c, view, shape)),
                        camera));
            }
            return new Scene(views, Optional.empty(), false);
        });
    }

    /**
     * Returns whether an archive contains cameras; reads no arrays.
     *
     * @throws IOException if the file cannot be read, is not an archive, or has extrinsics without intrinsics or the
     *     reverse
     */
    public static boolean hasCameras(Path file) throws IOException {
        return open(file, zip -> {
            boolean extrinsics = zip.getEntry("extrinsics.npy") != null;
            boolean intrinsics = zip.getEntry("intrinsics.npy") != null;
            if (extrinsics != intrinsics) {
                throw new IOException(Check.message(
                        "cameras of " + file,
                        "both extrinsics and intrinsics, or neither",
                        extrinsics ? "only extrinsics" : "only intrinsics"));
            }
            return extrinsics;
        });
    }

    /**
     * Returns the number of views of an archive; reads no values.
     *
     * @throws IOException if the file cannot be read or is not an archive of views with depth
     */
    public static int views(Path file) throws IOException {
        return open(file, zip -> {
            ZipEntry depth = zip.getEntry("depth.npy");
            int[] shape = {};
            if (depth != null) {
                try (InputStream in = zip.getInputStream(depth)) {
                    shape = NpyArray.readShape(in, file + ": depth");
                }
            }
            if (shape.length != 3) {
                throw new IOException(file + " must have an array 'depth' of (views, height, width)");
            }
            return shape[0];
        });
    }

    /** Reads from an open archive. */
    private interface Reader<T> {
        T read(ZipFile zip) throws IOException;
    }

    /** Opens an archive, and adds its name to messages about damage. */
    private static <T> T open(Path file, Reader<T> reader) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return reader.read(zip);
        } catch (ZipException e) {
            throw new IOException(file + " is not a NumPy archive: " + e.getMessage(), e);
        } catch (EOFException e) {
            throw new IOException(file + " is truncated or damaged", e);
        }
    }

    private static Optional<NpyArray> array(ZipFile zip, Path file, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name + ".npy");
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return Optional.of(NpyArray.read(in, file + ": " + name));
        }
    }

    private static Optional<NpyArray> array(ZipFile zip, Path file, String name, int... shape) throws IOException {
        Optional<NpyArray> array = array(zip, file, name);
        if (array.isPresent()) {
            requireShape(array.get(), file, name, shape);
        }
        return array;
    }

    private static void requireShape(NpyArray array, Path file, String name, int... shape) throws IOException {
        if (!Arrays.equals(array.shape(), shape)) {
            throw new IOException(file + ": "
                    + Check.message("shape of " + name, Arrays.toString(shape), Arrays.toString(array.shape())));
        }
    }

    private static ScalarMap map(NpyArray maps, int view, int[] shape) {
        int pixels = shape[1] * shape[2];
        return new ScalarMap(shape[2], shape[1], maps.floats(view * pixels, pixels));
    }

    private static Image image(Optional<NpyArray> images, int view, int[] shape) {
        byte[] rgb = new byte[3 * shape[1] * shape[2]];
        Arrays.fill(rgb, GRAY);
        images.ifPresent(array -> {
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] = (byte) array.value(view * rgb.length + i);
            }
        });
        return new Image(shape[2], shape[1], rgb);
    }
}
