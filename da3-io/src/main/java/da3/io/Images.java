package da3.io;

import da3.geometry.Image;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads photos. */
public final class Images {

    /**
     * The most pixels an image may have: what the largest cameras take. A few bytes of a damaged or hostile header can
     * ask for any amount of memory, so the size is looked at before pixels are.
     */
    public static final long MAX_PIXELS = 100_000_000;

    private static final String DAMAGED = "is damaged or cut short";
    private static final String UNSUPPORTED_COLOURS =
            "has more than three colours, perhaps CMYK; legal: RGB, YCbCr, grey";

    private Images() {}

    /**
     * Reads a PNG or JPEG file as sRGB bytes. Grey becomes three equal channels, palettes are looked up, of 16 bits the
     * upper 8 are kept; alpha is dropped without blending. Colour profiles and the orientation tag are not applied.
     *
     * @throws NoSuchFileException if there is no such file
     * @throws ImageFormatException if it is not a PNG or JPEG image, is damaged or cut short, has more than
     *     {@link #MAX_PIXELS} pixels, or is in another colour space than RGB, YCbCr and grey
     */
    public static Image read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such image");
        }
        if (Files.isDirectory(file)) {
            throw new ImageFormatException(file, "is a directory, not an image");
        }
        if (Files.size(file) == 0) {
            throw new ImageFormatException(file, "is empty (0 bytes)");
        }
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
                ImageInputStream stream = new MemoryCacheImageInputStream(bytes)) {
            ImageReader reader = reader(file, stream);
            try {
                return decode(file, reader);
            } finally {
                reader.dispose();
            }
        }
    }

    /**
     * The PNG and JPEG files of a directory by extension (.png, .jpg, .jpeg in any case), in the order of their names;
     * directories inside it are not looked into.
     *
     * @throws NoSuchFileException if there is no such directory or it holds no such file
     * @throws NotDirectoryException if it is a file
     */
    public static List<Path> list(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            throw new NoSuchFileException(directory.toString(), null, "there is no such directory");
        }
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        List<Path> images;
        try (Stream<Path> entries = Files.list(directory)) {
            images = entries.filter(Images::hasImageName)
                    .filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .toList();
        }
        if (images.isEmpty()) {
            throw new NoSuchFileException(directory.toString(), null, "holds no image; legal: .png, .jpg, .jpeg");
        }
        return images;
    }

    private static boolean hasImageName(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
    }

    private static ImageReader reader(Path file, ImageInputStream stream) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
        if (!readers.hasNext()) {
            throw new ImageFormatException(file, "is not an image; legal: PNG, JPEG");
        }
        ImageReader reader = readers.next();
        String format = reader.getFormatName().toLowerCase(Locale.ROOT);
        if (!format.equals("png") && !format.equals("jpeg")) {
            reader.dispose();
            throw new ImageFormatException(file, "is a " + format + " image; legal: PNG, JPEG");
        }
        reader.setInput(stream, true, true);
        return reader;
    }

    private static Image decode(Path file, ImageReader reader) throws IOException {
        boolean[] cutShort = {false};
        // The JPEG decoder only warns of missing data and paints the rest grey. Its other warnings are harmless.
        reader.addIIOReadWarningListener((source, warning) ->
                cutShort[0] |= warning.toLowerCase(Locale.ROOT).contains("premature end"));
        BufferedImage decoded;
        try {
            long width = reader.getWidth(0);
            long height = reader.getHeight(0);
            if (width * height > MAX_PIXELS) {
                throw new ImageFormatException(
                        file, "has " + width + "x" + height + " pixels; legal: up to " + MAX_PIXELS + " in all");
            }
            if (isPng(reader)) {
                PngIntegrity.require(file);
            }
            decoded = reader.read(0);
        } catch (ImageFormatException e) {
            throw e;
        } catch (IIOException e) {
            boolean unsupported = String.valueOf(e.getMessage()).contains("Unsupported Image Type");
            throw new ImageFormatException(file, unsupported ? UNSUPPORTED_COLOURS : DAMAGED, e);
        } catch (IOException | RuntimeException e) {
            // On damaged files the decoders throw nearly anything, such as ArrayIndexOutOfBoundsException.
            throw new ImageFormatException(file, DAMAGED, e);
        }
        if (cutShort[0]) {
            throw new ImageFormatException(file, "is cut short");
        }
        // The decoder takes the four inks of CMYK for red, green, blue and alpha; no JPEG has alpha.
        if (!isPng(reader) && decoded.getRaster().getNumBands() == 4) {
            throw new ImageFormatException(file, UNSUPPORTED_COLOURS);
        }
        return RgbBytes.of(file, decoded);
    }

    private static boolean isPng(ImageReader reader) throws IOException {
        return reader.getFormatName().equalsIgnoreCase("png");
    }
}
