package da3.server.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The header Content-Disposition, with file names. Source: RFC 6266 (responses) and RFC 7578 (parts of a form). */
final class ContentDisposition {

    private ContentDisposition() {}

    /** Returns a header value that is safe for any file name; only its extended form keeps characters outside ASCII. */
    static String of(String type, String fileName) {
        StringBuilder plain = new StringBuilder();
        fileName.codePoints().forEach(c -> plain.append(isPlain(c) ? (char) c : '_'));
        return type + "; filename=\"" + plain + "\"; filename*=UTF-8''" + Percent.encoded(fileName);
    }

    private static boolean isPlain(int c) {
        return c >= 0x20 && c < 0x7f && "\"\\%/:;".indexOf(c) < 0;
    }

    /** Returns parameters by lowercase name, with unquoted values. If a name is repeated, its first value is returned. */
    static Map<String, String> parameters(String header) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int at = header.indexOf(';');
        while (at >= 0 && at < header.length()) {
            int equals = header.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String name = header.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT);
            StringBuilder value = new StringBuilder();
            at = value(header, equals + 1, value);
            parameters.putIfAbsent(name, value.toString());
        }
        return parameters;
    }

    /** Appends the value that begins at {@code from}, and returns the index of the next semicolon, or -1. */
    private static int value(String header, int from, StringBuilder value) {
        int at = from;
        boolean quoted = at < header.length() && header.charAt(at) == '"';
        for (at = quoted ? at + 1 : at; at < header.length(); at++) {
            char c = header.charAt(at);
            if (quoted && c == '\\' && at + 1 < header.length() && header.charAt(at + 1) == '"') {
                value.append(header.charAt(++at));
            } else if (quoted ? c == '"' : c == ';') {
                break;
            } else {
                value.append(c);
            }
        }
        return quoted ? header.indexOf(';', at) : at;
    }

    /** Percent-encoding of UTF-8. Source: RFC 3986, section 2. */
    static final class Percent {

        private static final String UNRESERVED = "-._~";

        private Percent() {}

        static String encoded(String text) {
            StringBuilder encoded = new StringBuilder();
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                char c = (char) (b & 0xff);
                if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                    encoded.append(c);
                } else {
                    encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
                }
            }
            return encoded.toString();
        }
    }
}
