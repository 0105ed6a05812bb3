package da3.io;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** The image formats that can be read. */
enum ImageFormat {
    PNG("PNG", List.of("png"), "\u0089PNG\r\n\u001a\n") {
        @Override
        ImageReader reader() throws IOException {
            return ofTheJdk("png");
        }
    },
    JPEG("JPEG", List.of("jpg", "jpeg"), "\u00ff\u00d8\u00ff") {
        @Override
        ImageReader reader() throws IOException {
            return ofTheJdk("jpeg");
        }
    },
    WEBP("WebP", List.of("webp"), "RIFF????WEBP") {
        @Override
        ImageReader reader() {
            return new WebPImageReaderSpi().createReaderInstance(null);
        }
    },
    BMP("BMP", List.of("bmp"), "BM") {
        @Override
        ImageReader reader() throws IOException {
            return ofTheJdk("bmp");
        }
    },
    TIFF("TIFF", List.of("tif", "tiff"), "II*\0", "MM\0*") {
        @Override
        ImageReader reader() {
            return new TIFFImageReaderSpi().createReaderInstance(null);
        }
    };

    /** Number of leading bytes that identify the format. */
    static final int SIGNATURE_BYTES = 12;

    /** The names of all formats, for messages. */
    static final String NAMES = Arrays.stream(values()).map(f -> f.title).collect(Collectors.joining(", "));

    /** The file name extensions of all formats, for messages. */
    static final String EXTENSIONS = extensions().collect(Collectors.joining(", "));

    private final String title;
    private final List<String> extensions;
    private final List<String> signatures;

    /** @param signatures possible first bytes of a file, in Latin-1; a question mark matches any byte */
    ImageFormat(String title, List<String> extensions, String... signatures) {
        this.title = title;
        this.extensions = extensions;
        this.signatures = List.of(signatures);
    }

    /** Returns a new reader, independent of the thread's context class loader. */
    abstract ImageReader reader() throws IOException;

    /** Returns the format with a signature that matches the first bytes of a file. */
    static Optional<ImageFormat> of(byte[] start) {
        String bytes = new String(start, StandardCharsets.ISO_8859_1);
        return Arrays.stream(values())
                .filter(format -> format.signatures.stream().anyMatch(s -> begins(bytes, s)))
                .findFirst();
    }

    private static boolean begins(String bytes, String signature) {
        for (int i = 0; i < signature.length(); i++) {
            if (i >= bytes.length() || signature.charAt(i) != '?' && signature.charAt(i) != bytes.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns whether a file has an image extension, in any case, and does not begin with a dot as macOS metadata does.
     */
    static boolean hasImageExtension(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && extensions().anyMatch(name::endsWith);
    }

    private static Stream<String> extensions() {
        return Stream.concat(
                Arrays.stream(values())
                        .flatMap(format -> format.extensions.stream())
                        .map("."::concat),
                Heif.EXTENSIONS.stream());
    }

    /** Returns the JDK's own reader: other plug-ins on the class path could decode to different pixels. */
    private static ImageReader ofTheJdk(String format) throws IOException {
        Iterator<ImageReaderSpi> readers = IIORegistry.getDefaultInstance()
                .getServiceProviders(
                        ImageReaderSpi.class,
                        provider -> provider.getClass().getModule() == ImageReader.class.getModule()
                                && List.of(((ImageReaderSpi) provider).getFormatNames())
                                        .contains(format),
                        true);
        return readers.next().createReaderInstance();
    }
}
