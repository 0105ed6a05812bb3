package da3.server.http;

import da3.geometry.check.Check;
import da3.server.wire.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The kind of an uploaded file, from its first bytes only: names and media types of clients are not trusted. */
enum FileKind {
    IMAGE("\u0089PNG\r\n\u001a\n", "\u00ff\u00d8\u00ff", "RIFF????WEBP", "BM", "II*\0", "MM\0*"),
    VIDEO("\u001a\u0045\u00df\u00a3", "RIFF????AVI ", "FLV\u0001", "0&\u00b2u\u008ef\u00cf\u0011");

    static final String READABLE = "PNG, JPEG, WebP, BMP, TIFF, HEIF, or one MP4, MOV, MKV, WebM, AVI, FLV or WMV";

    private static final int SIGNATURE_BYTES = 12;
    private static final String ISO_MEDIA = "????ftyp";

    /** Brands of photos in the container format that videos use, too. */
    private static final Set<String> PHOTO_BRANDS = Set.of("heic", "heix", "heim", "heis", "mif1", "msf1");

    /** Brands of other images in this container format. */
    private static final Set<String> OTHER_BRANDS = Set.of("hevc", "hevx", "avif", "avis");

    private final List<String> signatures;

    /** @param signatures first bytes of files, in Latin-1; a question mark matches any byte */
    FileKind(String... signatures) {
        this.signatures = List.of(signatures);
    }

    /**
     * Returns the kind of a file.
     *
     * @param name name of the file at its sender, for messages
     * @throws HttpError if it is neither an image nor a video of a supported format
     */
    static FileKind of(Path file, String name) throws IOException {
        byte[] start = new byte[SIGNATURE_BYTES];
        int length;
        try (InputStream in = Files.newInputStream(file)) {
            length = in.readNBytes(start, 0, SIGNATURE_BYTES);
        }
        String bytes = new String(start, 0, length, StandardCharsets.ISO_8859_1);
        String shown = SafeText.sanitize(name);
        if (length == 0) {
            throw new HttpError(415, Check.message(shown, READABLE, "an empty file"));
        }
        if (startsWith(bytes, ISO_MEDIA)) {
            String brand = bytes.substring(Math.min(8, length));
            if (OTHER_BRANDS.contains(brand)) {
                throw new HttpError(415, Check.message(shown, READABLE, "an AVIF image or a sequence of HEIF images"));
            }
            return PHOTO_BRANDS.contains(brand) ? IMAGE : VIDEO;
        }
        return Arrays.stream(values())
                .filter(kind -> kind.signatures.stream().anyMatch(s -> startsWith(bytes, s)))
                .findFirst()
                .orElseThrow(() -> new HttpError(415, Check.message(shown, READABLE, "an unknown format")));
    }

    private static boolean startsWith(String bytes, String signature) {
        if (bytes.length() < signature.length()) {
            return false;
        }
        for (int i = 0; i < signature.length(); i++) {
            if (signature.charAt(i) != '?' && signature.charAt(i) != bytes.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
