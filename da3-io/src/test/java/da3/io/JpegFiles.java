package da3.io;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Creates JPEG files with the segments that cameras and printing programs write. */
final class JpegFiles {

    private JpegFiles() {}

    /** Returns a CMYK file with an Adobe segment; each color fills a block of 8x8 pixels, from left to right. */
    static byte[] ofInks(int[]... blocks) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8 * blocks.length, 8, 4, null);
        for (int x = 0; x < raster.getWidth(); x++) {
            for (int y = 0; y < 8; y++) {
                raster.setPixel(x, y, blocks[x / 8]);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(1);
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), param);
        } finally {
            writer.dispose();
        }
        byte[] adobe = joined("Adobe", new byte[] {0, 100, 0, 0, 0, 0, 0});
        return withSegment(bytes.toByteArray(), 0xee, adobe);
    }

    /** Returns the offset of the color transform in the Adobe segment. */
    static int adobeTransform(byte[] file) {
        return marker(file, 0xee) + 4 + "Adobe".length() + 6;
    }

    /** Inserts a segment before all others. */
    static byte[] withSegment(byte[] file, int marker, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, 2);
        int length = content.length + 2;
        out.writeBytes(new byte[] {(byte) 0xff, (byte) marker, (byte) (length >> 8), (byte) length});
        out.writeBytes(content);
        out.write(file, 2, file.length - 2);
        return out.toByteArray();
    }

    /** Returns the offset of the first occurrence of a marker. */
    static int marker(byte[] file, int marker) {
        for (int i = 0; i + 1 < file.length; i++) {
            if (file[i] == (byte) 0xff && file[i + 1] == (byte) marker) {
                return i;
            }
        }
        throw new IllegalArgumentException("the file has no marker " + Integer.toHexString(marker));
    }

    static byte[] joined(String text, byte[] bytes) {
        byte[] joined = Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), text.length() + bytes.length);
        System.arraycopy(bytes, 0, joined, text.length(), bytes.length);
        return joined;
    }
}
