package da3.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/** Detection of HEIF photos and of their reader. */
final class Heif {

    static final List<String> EXTENSIONS = List.of(".heic", ".heif");

    private static final int SIGNATURE_BYTES = 12;
    private static final int TYPE = 4;
    private static final int BRAND = 8;

    /** Major brands of files with HEVC images. */
    private static final Set<String> BRANDS = Set.of("heic", "heix", "heim", "heis", "mif1", "msf1");

    private Heif() {}

    /** Returns whether an existing file begins as a HEIF photo. */
    static boolean isHeif(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(SIGNATURE_BYTES), StandardCharsets.ISO_8859_1);
            return start.length() == SIGNATURE_BYTES
                    && start.startsWith("ftyp", TYPE)
                    && BRANDS.contains(start.substring(BRAND));
        }
    }

    /** @throws ImageFormatException if there is no reader on the class path */
    static HeifReader reader(Path file) throws ImageFormatException {
        return ServiceLoader.load(HeifReader.class, HeifReader.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new ImageFormatException(
                        file, "is a HEIF photo, which needs the module da3-video on the class path"));
    }
}
