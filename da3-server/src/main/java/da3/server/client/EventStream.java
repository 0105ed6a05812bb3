package da3.server.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events, of which only the data is looked at.
 *
 * <p>Source: WHATWG HTML, server-sent events.
 */
final class EventStream implements AutoCloseable {

    private static final String DATA = "data:";
    private static final int LONGEST = 1 << 22; // characters of an event: a task of many given cameras is long

    private final Reader characters;

    EventStream(InputStream bytes) {
        this.characters = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    }

    /**
     * The next event's data; null at the end.
     *
     * @throws IOException also if it is longer than any task could be
     */
    String next() throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = line(); line != null; line = line()) {
            if (line.startsWith(DATA)) {
                requireBounded(data.length() + line.length());
                data.append(line.substring(DATA.length()).strip());
            } else if (line.isEmpty() && data.length() > 0) {
                return data.toString();
            }
        }
        return null;
    }

    /** Without its end; null where none comes. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = characters.read(); c != '\n'; c = characters.read()) {
            if (c < 0) {
                return null;
            }
            if (c != '\r') {
                requireBounded(line.length());
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static void requireBounded(int length) throws IOException {
        if (length > LONGEST) {
            throw new IOException("the service sends an event of more than " + LONGEST + " characters");
        }
    }

    @Override
    public void close() throws IOException {
        characters.close();
    }
}
