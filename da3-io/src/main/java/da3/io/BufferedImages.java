package da3.io;

import da3.geometry.Image;
import java.awt.image.BufferedImage;

/** Converts images for the encoders of the JDK. */
final class BufferedImages {

    private BufferedImages() {}

    static BufferedImage of(Image image) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                buffered.setRGB(
                        x, y, image.channel(x, y, 0) << 16 | image.channel(x, y, 1) << 8 | image.channel(x, y, 2));
            }
        }
        return buffered;
    }
}
