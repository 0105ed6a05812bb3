package da3.evaluation.suite.dataset;

import da3.evaluation.EvaluationScene;
import da3.evaluation.Suite;
import da3.geometry.Image;
import da3.geometry.PointCloud;
import da3.geometry.TriangleMesh;
import da3.io.JpegWriter;
import da3.io.Ply;
import da3.io.PlyFormat;
import da3.io.PngWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;

/** A folder in which a test writes a few files of a data set, as they are laid out when downloaded. */
record Miniature(Path root) {

    static final String IDENTITY = "1 0 0 0\n0 1 0 0\n0 0 1 0\n0 0 0 1\n";

    Path path(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }

    void text(String name, String content) throws IOException {
        Files.writeString(path(name), content);
    }

    void delete(String name) throws IOException {
        Files.delete(root.resolve(name));
    }

    /** An image whose red channel is the column and green channel the row. */
    static Image gradient(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            rgb[3 * i] = (byte) (i % width);
            rgb[3 * i + 1] = (byte) (i / width);
        }
        return new Image(width, height, rgb);
    }

    /** Writes a JPEG or PNG file, by its name. */
    void image(String name, int width, int height) throws IOException {
        try (OutputStream out = Files.newOutputStream(path(name))) {
            if (name.toLowerCase(Locale.ROOT).endsWith(".png")) {
                PngWriter.write(gradient(width, height), out);
            } else {
                JpegWriter.write(gradient(width, height), out);
            }
        }
    }

    /** Writes 16 bits of gray; the values follow from the index of the pixel. */
    void gray16(String name, int width, int height, IntUnaryOperator value) throws IOException {
        gray(name, width, height, BufferedImage.TYPE_USHORT_GRAY, value);
    }

    /** Writes 8 bits of gray. */
    void gray8(String name, int width, int height, IntUnaryOperator value) throws IOException {
        gray(name, width, height, BufferedImage.TYPE_BYTE_GRAY, value);
    }

    private void gray(String name, int width, int height, int type, IntUnaryOperator value) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int i = 0; i < width * height; i++) {
            image.getRaster().setSample(i % width, i / width, 0, value.applyAsInt(i));
        }
        ImageIO.write(image, "png", path(name).toFile());
    }

    /** Writes text, then little-endian floats. */
    void floats(String name, String header, float... values) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocate(text.length + Float.BYTES * values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(text);
        for (float value : values) {
            bytes.putFloat(value);
        }
        Files.write(path(name), bytes.array());
    }

    /** Writes an array of NumPy. */
    void npy(String name, String shape, float... values) throws IOException {
        String fields = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }\n";
        floats(name, "\u0093NUMPY\u0001\u0000" + (char) fields.length() + "\u0000" + fields, values);
    }

    /** Writes a mesh of one triangle, at z = 1. */
    void mesh(String name) throws IOException {
        float[] positions = {0, 0, 1, 1, 0, 1, 0, 1, 1};
        Ply.write(
                new TriangleMesh(positions, new float[9], new byte[9], new int[] {0, 1, 2}),
                path(name),
                PlyFormat.BINARY_LITTLE_ENDIAN);
    }

    /** Writes points. */
    void points(String name, float... positions) throws IOException {
        Ply.write(new PointCloud(positions, new byte[positions.length]), path(name), PlyFormat.BINARY_LITTLE_ENDIAN);
    }

    /** Loads the only scene, or the first. */
    static EvaluationScene first(Suite suite) throws IOException {
        return suite.load(suite.scenes().get(0));
    }
}
