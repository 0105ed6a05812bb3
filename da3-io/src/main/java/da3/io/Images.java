package da3.io;

import da3.geometry.Image;
import da3.geometry.check.Check;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.IIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads image files. */
public final class Images {

    /**
     * Maximum number of pixels of an image, enough for the largest cameras. A damaged or hostile header can state any
     * size, so the size is checked before memory is allocated for the pixels.
     */
    public static final long MAX_PIXELS = 100_000_000;

    /** Time limit for decoding one image; ordinary images of {@link #MAX_PIXELS} take a few seconds. */
    public static final Duration MAX_TIME = Duration.ofSeconds(60);

    private static final String DAMAGED = "is damaged or truncated";
    private static final String UNSUPPORTED_COLORS = Check.message(
            "colors", "gray, RGB, YCbCr, CMYK or YCCK", "an unknown or contradictory description of them");

    private static final int BMP_HEADER = 14;
    private static final int BMP_SMALL_HEADER_BYTES = 12;

    private Images() {}

    /**
     * Reads a PNG, JPEG, WebP, BMP or TIFF file as sRGB bytes and rotates it upright according to its EXIF orientation; also
     * a HEIF file, if there is a {@link HeifReader}. Gray becomes three equal channels, palettes are looked up, CMYK and
     * YCCK are converted without a profile, samples of other than 8 bits are scaled to 0 to 255 and rounded, and alpha is
     * dropped without blending. RGB color profiles of JPEG, PNG and HEIF are converted to sRGB ({@link IccProfiles}),
     * others are ignored. If a file contains several images, the first is read. Colors of lossy WebP are upsampled less
     * smoothly than by libwebp; the other formats agree with Pillow, except that Pillow truncates 16-bit samples.
     *
     * @throws NoSuchFileException if the file does not exist
     * @throws InterruptedIOException if the thread is interrupted, which ends the decoding; the interrupt status stays
     *     set
     * @throws ImageFormatException if the file has another format, is damaged or truncated, has more than
     *     {@link #MAX_PIXELS} pixels, has samples that cannot be converted to 8 bits, is a JPEG of more than 100 scans,
     *     or takes longer than {@link #MAX_TIME} to decode
     */
    public static Image read(Path file) throws IOException {
        if (Heif.isHeif(file)) {
            return Heif.reader(file).read(file);
        }
        return opened(file, (format, stream, reader) -> {
            Orientation orientation = Orientation.read(format, stream);
            return orientation.apply(stored(file, format, stream, reader));
        });
    }

    /**
     * Reads a file like {@link #read}, but does not rotate it by EXIF: COLMAP calibrates the pixels as they are stored. The
     * rotation of a HEIF file is part of its image and is applied.
     *
     * @throws IOException as in {@link #read}
     */
    public static Image readStored(Path file) throws IOException {
        if (Heif.isHeif(file)) {
            return Heif.reader(file).read(file);
        }
        return opened(file, (format, stream, reader) -> stored(file, format, stream, reader));
    }

    /**
     * Returns the size of the image that {@link #read} returns; decodes only the header.
     *
     * @throws NoSuchFileException if the file does not exist
     * @throws ImageFormatException if the file has another format, its header is damaged, or it has more than
     *     {@link #MAX_PIXELS} pixels
     */
    public static ImageSize size(Path file) throws IOException {
        if (Heif.isHeif(file)) {
            return Heif.reader(file).size(file);
        }
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
     * Reads all images of a directory, those of {@link #list} in their order.
     *
     * @throws IOException as in {@link #list} and {@link #read}
     */
    public static List<Image> readAll(Path directory) throws IOException {
        List<Image> images = new ArrayList<>();
        for (Path file : list(directory)) {
            images.add(read(file));
        }
        return images;
    }

    /**
     * Returns the image files of a directory, but not of its subdirectories, sorted by name. Their extensions are .png,
     * .jpg, .jpeg, .webp, .bmp, .tif, .tiff, .heic or .heif in any case.
     *
     * @throws NoSuchFileException if the directory does not exist or contains no such file
     * @throws NotDirectoryException if the path is a file
     */
    public static List<Path> list(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            throw new NoSuchFileException(directory.toString(), null, "does not exist");
        }
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        List<Path> images;
        try (Stream<Path> entries = Files.list(directory)) {
            images = entries.filter(ImageFormat::hasImageExtension)
                    .filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .toList();
        }
        if (images.isEmpty()) {
            throw new NoSuchFileException(
                    directory.toString(), null, "contains no image; supported extensions: " + ImageFormat.EXTENSIONS);
        }
        return images;
    }

    private static ImageFormat format(Path file, ImageInputStream stream) throws IOException {
        byte[] start = new byte[ImageFormat.SIGNATURE_BYTES];
        int length = Math.max(0, stream.read(start));
        stream.seek(0);
        return ImageFormat.of(Arrays.copyOf(start, length))
                .orElseThrow(() -> new ImageFormatException(
                        file, "is not an image of a supported format (" + ImageFormat.NAMES + ")"));
    }

    /** Reads something from an opened file. */
    interface Reading<T> {
        T of(ImageFormat format, WindowedImageInput stream, ImageReader reader) throws IOException;
    }

    static <T> T opened(Path file, Reading<T> reading) throws IOException {
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
        watch.requireNotStopped();
        try (WindowedImageInput stream = new WindowedImageInput(file)) {
            ImageFormat format = format(file, stream);
            ImageReader reader = format.reader();
            reader.addIIOReadProgressListener(watch);
            try {
                T result = reading.of(format, stream, reader);
                watch.requireNotStopped();
                return result;
            } catch (ImageFormatException e) {
                watch.requireNotStopped();
                throw e;
            } catch (IIOException e) {
                watch.requireNotStopped();
                boolean unsupported = String.valueOf(e.getMessage()).contains("Unsupported Image Type");
                throw new ImageFormatException(file, unsupported ? UNSUPPORTED_COLORS : DAMAGED, e);
            } catch (IOException | RuntimeException e) {
                watch.requireNotStopped();
                // The decoders throw arbitrary exceptions for damaged files, such as ArrayIndexOutOfBoundsException.
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
                WebPContainer.requireComplete(file, stream);
                WebPContainer.hideProfile(stream);
                open(file, stream, reader);
                WebPContainer.requireSides(file, reader.getWidth(0), reader.getHeight(0));
                yield pixels(file, reader);
            }
            case PNG -> {
                Optional<byte[]> profile = PngProfile.read(stream);
                open(file, stream, reader);
                PngIntegrity.requireIntact(file);
                yield inSrgb(pixels(file, reader), profile);
            }
            case BMP -> {
                requireBmpSize(file, stream);
                open(file, stream, reader);
                yield pixels(file, reader);
            }
            case TIFF -> {
                open(file, stream, reader);
                TiffSamples.requireLimit(file, reader);
                yield pixels(file, reader);
            }
        };
    }

    /** Sets the reader's input to the start of the file, reads the header and checks the size. */
    static void open(Path file, WindowedImageInput stream, ImageReader reader) throws IOException {
        stream.seek(0);
        stream.setByteOrder(ByteOrder.BIG_ENDIAN);
        reader.setInput(stream, true, true);
        requireSize(file, reader.getWidth(0), reader.getHeight(0));
    }

    private static Image pixels(Path file, ImageReader reader) throws IOException {
        // Decoders convert, and apply color profiles, unless the destination has the stored type.
        ImageReadParam asStored = reader.getDefaultReadParam();
        asStored.setDestinationType(reader.getRawImageType(0));
        return RgbBytes.of(file, reader.read(0, asStored));
    }

    private static Image jpegPixels(Path file, WindowedImageInput stream, ImageReader reader) throws IOException {
        boolean[] truncated = {false};
        // The decoder only warns of missing data and fills the rest with gray. Its other warnings are harmless.
        reader.addIIOReadWarningListener((source, warning) ->
                truncated[0] |= warning.toLowerCase(Locale.ROOT).contains("premature end"));
        JpegScans.requireLimit(file, stream);
        JpegHeader header = JpegHeader.read(stream);
        Optional<byte[]> profile = header.components() == 3 ? header.profile(stream) : Optional.empty();
        header.hideProfiles(stream);
        open(file, stream, reader);
        Image image = header.components() == 4
                ? CmykConversion.ofJpeg(file, reader.readRaster(0, null), header.ycck())
                : RgbBytes.of(file, reader.read(0));
        if (truncated[0]) {
            throw new ImageFormatException(file, "is truncated");
        }
        return inSrgb(image, profile);
    }

    private static Image inSrgb(Image image, Optional<byte[]> profile) {
        return profile.isEmpty() ? image : IccProfiles.toSrgb(image, profile.get());
    }

    private static void requireSize(Path file, long width, long height) throws ImageFormatException {
        if (width * height > MAX_PIXELS) {
            throw new ImageFormatException(
                    file, Check.message("image", "at most " + MAX_PIXELS + " pixels", width + "x" + height));
        }
    }

    /** Checks the size before decoding, because the BMP decoder fails on huge sizes before it reports them. */
    private static void requireBmpSize(Path file, ImageInputStream stream) throws IOException {
        stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        stream.seek(BMP_HEADER);
        boolean small = stream.readInt() == BMP_SMALL_HEADER_BYTES;
        long width = small ? stream.readUnsignedShort() : stream.readInt();
        long height = small ? stream.readUnsignedShort() : stream.readInt();
        requireSize(file, width, Math.abs(height)); // a negative height means rows from top to bottom
    }
}
