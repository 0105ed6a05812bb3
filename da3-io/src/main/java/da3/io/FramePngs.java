package da3.io;

import da3.geometry.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/** The frames of a flight as PNG files, one at a time. */
public final class FramePngs {

    private FramePngs() {}

    /** Writes {@code frames/0000.png} and so on, by the frame's number, and gives its path. */
    public static Path write(Image frame, int number, ExportDirectory directory) throws IOException {
        BufferedImage picture = new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++) {
                picture.setRGB(
                        x, y, frame.channel(x, y, 0) << 16 | frame.channel(x, y, 1) << 8 | frame.channel(x, y, 2));
            }
        }
        return directory.write(
                String.format(Locale.ROOT, "frames/%04d.png", number), out -> ImageIO.write(picture, "png", out));
    }
}
