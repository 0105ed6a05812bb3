package da3.io;

import da3.geometry.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures to look at. */
public final class JpegPicture {

    private static final float QUALITY = 0.95f;

    private JpegPicture() {}

    /** Two images of one height, the first on the left. */
    static Image sideBySide(Image left, Image right) {
        int width = left.width() + right.width();
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, left.height()))];
        for (int y = 0; y < left.height(); y++) {
            System.arraycopy(left.rgb(), 3 * y * left.width(), rgb, 3 * y * width, 3 * left.width());
            System.arraycopy(
                    right.rgb(), 3 * y * right.width(), rgb, 3 * (y * width + left.width()), 3 * right.width());
        }
        return new Image(width, left.height(), rgb);
    }

    /** Writes a JPEG file's bytes, of quality 95; the stream stays open. */
    public static void write(Image image, OutputStream out) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(picture(image), null, null), param);
        } finally {
            writer.dispose();
        }
    }

    private static BufferedImage picture(Image image) {
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                picture.setRGB(
                        x, y, image.channel(x, y, 0) << 16 | image.channel(x, y, 1) << 8 | image.channel(x, y, 2));
            }
        }
        return picture;
    }
}
