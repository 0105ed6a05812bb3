package da3.streaming.store;

import da3.geometry.Image;
import da3.io.JpegWriter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** An encoding of the images of frames in the store. */
public enum ColorCoding {
    /** JPEG of quality 95, for sources that can be read again. */
    JPEG {
        @Override
        byte[] encode(Image image) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            JpegWriter.write(image, out);
            return out.toByteArray();
        }

        @Override
        Image decode(byte[] bytes, int width, int height) throws IOException {
            ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
            try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
                reader.setInput(in, true, true);
                return rgb(reader.read(0));
            } finally {
                reader.dispose();
            }
        }
    },
    /** Unchanged bytes, for sources that cannot be read again: the next window needs the exact images. */
    RAW {
        @Override
        byte[] encode(Image image) {
            return image.rgb();
        }

        @Override
        Image decode(byte[] bytes, int width, int height) {
            return new Image(width, height, bytes);
        }
    };

    abstract byte[] encode(Image image) throws IOException;

    abstract Image decode(byte[] bytes, int width, int height) throws IOException;

    private static Image rgb(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] row = new int[width];
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int i = 3 * (y * width + x);
                rgb[i] = (byte) (row[x] >> 16);
                rgb[i + 1] = (byte) (row[x] >> 8);
                rgb[i + 2] = (byte) row[x];
            }
        }
        return new Image(width, height, rgb);
    }
}
