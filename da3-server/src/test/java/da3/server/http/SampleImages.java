package da3.server.http;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Small image files. */
public final class SampleImages {

    static final int WIDTH = 84;
    static final int HEIGHT = 56;

    private SampleImages() {}

    /** Returns a PNG file of 84x56 pixels with stripes that depend on the seed. */
    public static byte[] png(int seed) {
        return png(seed, WIDTH, HEIGHT);
    }

    static byte[] png(int seed, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, ((x * 3 + seed * 7) & 0xff) << 16 | ((y * 4) & 0xff) << 8 | ((x ^ y ^ seed) & 0xff));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Returns a valid header of an image of the given size, without pixel data. */
    static byte[] hollowPng(int width, int height) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes);
                DataOutputStream chunk = new DataOutputStream(header)) {
            chunk.write("IHDR".getBytes(StandardCharsets.US_ASCII));
            chunk.writeInt(width);
            chunk.writeInt(height);
            chunk.write(new byte[] {8, 2, 0, 0, 0});
            out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
            out.writeInt(13);
            out.write(header.toByteArray());
            CRC32 sum = new CRC32();
            sum.update(header.toByteArray());
            out.writeInt((int) sum.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
