package da3.server.http;

import da3.server.wire.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What a file is by its first bytes; its name and what its sender says do not count. */
enum FileKind {
    PHOTO("\u0089PNG\r\n\u001a\n", "\u00ff\u00d8\u00ff", "RIFF????WEBP", "BM", "II*\0", "MM\0*"),
    VIDEO("\u001a\u0045\u00df\u00a3", "RIFF????AVI ", "FLV\u0001", "0&\u00b2u\u008ef\u00cf\u0011");

    static final String READABLE = "PNG, JPEG, WebP, BMP, TIFF, or one MP4, MOV, MKV, WebM, AVI, FLV or WMV";

    private static final int SIGNATURE_BYTES = 12;
    private static final String BOXES = "????ftyp";

    /** Photos in the same boxes as videos. */
    private static final Set<String> PHOTO_BRANDS =
            Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis");

    private final List<String> signatures;

    /** @param signatures how files begin, in Latin-1; a question mark is any byte */
    FileKind(String... signatures) {
        this.signatures = List.of(signatures);
    }

    /**
     * @param name as its sender calls it, for the message
     * @throws HttpError if it is neither
     */
    static FileKind of(Path file, String name) throws IOException {
        byte[] start = new byte[SIGNATURE_BYTES];
        int length;
        try (InputStream in = Files.newInputStream(file)) {
            length = in.readNBytes(start, 0, SIGNATURE_BYTES);
        }
        String bytes = new String(start, 0, length, StandardCharsets.ISO_8859_1);
        String shown = SafeText.shortened(name);
        if (length == 0) {
            throw new HttpError(415, shown + " is empty, but must be " + READABLE);
        }
        if (begins(bytes, BOXES)) {
            if (length == SIGNATURE_BYTES && PHOTO_BRANDS.contains(bytes.substring(8))) {
                throw new HttpError(415, shown + " is a HEIF or AVIF photo, but must be " + READABLE);
            }
            return VIDEO;
        }
        return Arrays.stream(values())
                .filter(kind -> kind.signatures.stream().anyMatch(s -> begins(bytes, s)))
                .findFirst()
                .orElseThrow(() ->
                        new HttpError(415, shown + " is no photo or video by its content, but must be " + READABLE));
    }

    private static boolean begins(String bytes, String signature) {
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
