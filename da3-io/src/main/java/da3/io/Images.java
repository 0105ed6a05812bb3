package da3.io;

import da3.geometry.Image;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.IIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads photos. */
public final class Images {

    /**
     * The most pixels an image may have: what the largest cameras take. A few bytes of a damaged or hostile header can
     * ask for any amount of memory, so the size is looked at before pixels are.
     */
    public static final long MAX_PIXELS = 100_000_000;

    /** How long decoding one image may take; ordinary images of {@link #MAX_PIXELS} take a few seconds. */
    public static final Duration MAX_TIME = Duration.ofSeconds(60);

    private static final String DAMAGED = "is damaged or cut short";
    private static final String UNSUPPORTED_COLORS =
            "states its colors in a way that contradicts itself or is unknown; legal: gray, RGB, YCbCr, CMYK, YCCK";

    private static final int BMP_HEADER = 14;
    private static final int BMP_SMALL_HEADER_BYTES = 12;

    private Images() {}

    /**
     * Reads a PNG, JPEG, WebP, BMP or TIFF file as sRGB bytes, turned upright as its EXIF orientation says. Gray becomes
     * three equal channels, palettes are looked up, inks (CMYK, YCCK) are turned into light without a profile, other
     * depths than 8 bits are scaled to 0 to 255 and rounded; alpha is dropped without blending. Color profiles are not
     * applied. Of several pictures in a file the first is read. Lossy WebP comes out with less smooth colors than from
     * libwebp; the others agree with Pillow, but that it only cuts off the lower half of 16 bits.
     *
     * @throws NoSuchFileException if there is no such file
     * @throws InterruptedIOException if the thread is interrupted, which ends the decoding; it still is afterwards
     * @throws ImageFormatException if it is no such image, is damaged or cut short, has more than {@link #MAX_PIXELS}
     *     pixels, has samples that cannot be taken for colors of 8 bits, is a JPEG of more than 100 scans, or takes
     *     longer than {@link #MAX_TIME} to decode
     */
    public static Image read(Path file) throws IOException {
        return opened(file, (format, stream, reader) -> {
            Orientation orientation = Orientation.read(format, stream);
            return orientation.apply(stored(file, format, stream, reader));
        });
    }

    /**
     * The size that {@link #read} would give a photo; only its header is decoded.
     *
     * @throws NoSuchFileException if there is no such file
     * @throws ImageFormatException if it is no such image, its header is damaged, or it has more than {@link #MAX_PIXELS}
     *     pixels
     */
    public static ImageSize size(Path file) throws IOException {
        return opened(file, (format, stream, reader) -> {
            Orientation orientation = Orientation.read(format, stream);
            return orientation.apply(storedSize(file, format, stream, reader));
        });
    }

    private static ImageSize storedSize(Path file, ImageFormat format, WindowedImageInput stream, ImageReader reader)
            throws IOException {
        if (format == ImageFormat.JPEG) {
            JpegHeader.read(stream).hideProfiles(stream);
        }
        if (format == ImageFormat.WEBP) {
            WebPContainer.hideProfile(stream);
        }
        if (format == ImageFormat.BMP) {
            requireBmpSize(file, stream);
        }
        open(file, stream, reader);
        if (format == ImageFormat.WEBP) {
            WebPContainer.requireSides(file, reader.getWidth(0), reader.getHeight(0));
        }
        return new ImageSize(reader.getWidth(0), reader.getHeight(0));
    }

    /**
     * The images of a directory by extension (.png, .jpg, .jpeg, .webp, .bmp, .tif, .tiff in any case), in the order of
     * their names; directories inside it are not looked into.
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
            images = entries.filter(ImageFormat::isNamedLikeOne)
                    .filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .toList();
        }
        if (images.isEmpty()) {
            throw new NoSuchFileException(
                    directory.toString(), null, "holds no image; legal: " + ImageFormat.EXTENSIONS);
        }
        return images;
    }

    private static ImageFormat format(Path file, ImageInputStream stream) throws IOException {
        byte[] start = new byte[ImageFormat.SIGNATURE_BYTES];
        int length = Math.max(0, stream.read(start));
        stream.seek(0);
        return ImageFormat.of(Arrays.copyOf(start, length))
                .orElseThrow(() -> new ImageFormatException(
                        file, "is not an image that is read here; legal: " + ImageFormat.NAMES));
    }

    /** What is wanted of a file. */
    interface Reading<T> {
        T of(ImageFormat format, WindowedImageInput stream, ImageReader reader) throws IOException;
    }

    static <T> T opened(Path file, Reading<T> wanted) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "does not exist");
        }
        if (Files.isDirectory(file)) {
            throw new ImageFormatException(file, "is a directory, not an image");
        }
        if (Files.size(file) == 0) {
            throw new ImageFormatException(file, "is empty (0 bytes)");
        }
        DecodingWatchdog watch = new DecodingWatchdog(file, MAX_TIME);
        watch.requireUndisturbed();
        try (WindowedImageInput stream = new WindowedImageInput(file)) {
            ImageFormat format = format(file, stream);
            ImageReader reader = format.reader();
            reader.addIIOReadProgressListener(watch);
            try {
                T result = wanted.of(format, stream, reader);
                watch.requireUndisturbed();
                return result;
            } catch (ImageFormatException e) {
                watch.requireUndisturbed();
                throw e;
            } catch (IIOException e) {
                watch.requireUndisturbed();
                boolean unsupported = String.valueOf(e.getMessage()).contains("Unsupported Image Type");
                throw new ImageFormatException(file, unsupported ? UNSUPPORTED_COLORS : DAMAGED, e);
            } catch (IOException | RuntimeException e) {
                watch.requireUndisturbed();
                // On damaged files the decoders throw nearly anything, such as ArrayIndexOutOfBoundsException.
                throw new ImageFormatException(file, DAMAGED, e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static Image stored(Path file, ImageFormat format, WindowedImageInput stream, ImageReader reader)
            throws IOException {
        return switch (format) {
            case JPEG -> jpegPixels(file, stream, reader);
            case WEBP -> {
                WebPContainer.requireWhole(file, stream);
                WebPContainer.hideProfile(stream);
                open(file, stream, reader);
                WebPContainer.requireSides(file, reader.getWidth(0), reader.getHeight(0));
                yield pixels(file, reader);
            }
            case PNG -> {
                open(file, stream, reader);
                PngIntegrity.require(file);
                yield pixels(file, reader);
            }
            case BMP -> {
                requireBmpSize(file, stream);
                open(file, stream, reader);
                yield pixels(file, reader);
            }
            case TIFF -> {
                open(file, stream, reader);
                TiffSamples.requireFew(file, reader);
                yield pixels(file, reader);
            }
        };
    }

    /** Gives the reader its file, from the start, and lets it read no more than the size. */
    static void open(Path file, WindowedImageInput stream, ImageReader reader) throws IOException {
        stream.seek(0);
        stream.setByteOrder(ByteOrder.BIG_ENDIAN);
        reader.setInput(stream, true, true);
        requireSize(file, reader.getWidth(0), reader.getHeight(0));
    }

    private static Image pixels(Path file, ImageReader reader) throws IOException {
        // Into any other type than the stored one decoders convert, and apply color profiles.
        ImageReadParam asStored = reader.getDefaultReadParam();
        asStored.setDestinationType(reader.getRawImageType(0));
        return RgbBytes.of(file, reader.read(0, asStored));
    }

    private static Image jpegPixels(Path file, WindowedImageInput stream, ImageReader reader) throws IOException {
        boolean[] cutShort = {false};
        // The decoder only warns of missing data and paints the rest gray. Its other warnings are harmless.
        reader.addIIOReadWarningListener((source, warning) ->
                cutShort[0] |= warning.toLowerCase(Locale.ROOT).contains("premature end"));
        JpegScans.requireFew(file, stream);
        JpegHeader header = JpegHeader.read(stream);
        header.hideProfiles(stream);
        open(file, stream, reader);
        Image image = header.components() == 4
                ? CmykConversion.ofJpeg(file, reader.readRaster(0, null), header.ycck())
                : RgbBytes.of(file, reader.read(0));
        if (cutShort[0]) {
            throw new ImageFormatException(file, "is cut short");
        }
        return image;
    }

    private static void requireSize(Path file, long width, long height) throws ImageFormatException {
        if (width * height > MAX_PIXELS) {
            throw new ImageFormatException(
                    file, "has " + width + "x" + height + " pixels; legal: up to " + MAX_PIXELS + " in all");
        }
    }

    /** The BMP decoder fails on huge sizes before it can be asked for them. */
    private static void requireBmpSize(Path file, ImageInputStream stream) throws IOException {
        stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        stream.seek(BMP_HEADER);
        boolean small = stream.readInt() == BMP_SMALL_HEADER_BYTES;
        long width = small ? stream.readUnsignedShort() : stream.readInt();
        long height = small ? stream.readUnsignedShort() : stream.readInt();
        requireSize(file, width, Math.abs(height)); // rows from the top have a negative height
    }
}
