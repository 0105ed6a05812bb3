package da3.train.data;

import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.io.MiniNpz;
import da3.io.PngWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Writes images, depth maps and cameras as users have them. */
public final class UserFiles {

    private UserFiles() {}

    /** Writes a recording of views of a plane: images, depth in millimeters, and cameras.npz. */
    public static TrainingScene recording(Path folder, int views, int rows, int columns) throws IOException {
        TrainingScene scene = new PlaneScenes(1, views, rows, columns).read(0);
        List<View> all = new ArrayList<>();
        for (int v = 0; v < views; v++) {
            TrainingScene one = scene.subset(new int[] {v});
            image(folder.resolve("images/" + v + ".png"), new Image(columns, rows, one.rgb()));
            png(folder.resolve("depth/" + v + ".png"), columns, rows, 1000, one.depth());
            all.add(new View(
                    new Image(columns, rows, one.rgb()),
                    new ScalarMap(columns, rows, one.depth()),
                    Optional.empty(),
                    Optional.of(one.camera(0))));
        }
        Path exported = MiniNpz.write(new Scene(all, Optional.empty(), false), folder.resolve("exported"));
        Files.move(exported, folder.resolve("cameras.npz"));
        return scene;
    }

    public static Path image(Path file, Image image) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
            PngWriter.write(image, out);
        }
        return file;
    }

    /** Writes a gray 16-bit PNG file of rounded values times a factor. */
    public static Path png(Path file, int width, int height, double factor, float... values) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage gray = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
        for (int i = 0; i < values.length; i++) {
            gray.getRaster().setSample(i % width, i / width, 0, (int) Math.round(factor * values[i]));
        }
        ImageIO.write(gray, "png", file.toFile());
        return file;
    }

    /** Writes a portable float map. */
    public static Path pfm(Path file, int width, int height, float... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int y = height - 1; y >= 0; y--) {
            for (int x = 0; x < width; x++) {
                bytes.putFloat(values[y * width + x]);
            }
        }
        return write(file, "Pf\n" + width + " " + height + "\n-1\n", bytes);
    }

    /** Writes a NumPy array of float32. */
    public static Path npy(Path file, String shape, float... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        String fields = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }\n";
        String header = "\u0093NUMPY\u0001\u0000" + (char) fields.length() + "\u0000" + fields;
        return write(file, header, bytes);
    }

    private static Path write(Path file, String header, ByteBuffer bytes) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] start = header.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = ByteBuffer.allocate(start.length + bytes.capacity())
                .put(start)
                .put(bytes.array())
                .array();
        return Files.write(file, all);
    }
}
