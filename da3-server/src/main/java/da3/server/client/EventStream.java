package da3.server.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/**
 * A reader of server-sent events that returns only their data.
 *
 * <p>Source: WHATWG HTML, server-sent events.
 */
final class EventStream implements AutoCloseable {

    private static final String DATA = "data:";
    private static final int MAX_EVENT_LENGTH = 1 << 22; // in characters; tasks with priors of many views are long

    private final Reader characters;

    EventStream(InputStream bytes) {
        this.characters = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    }

    /**
     * Returns the data of the next event; null at the end of the stream.
     *
     * @throws IOException also if the event has more than {@value #MAX_EVENT_LENGTH} characters
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

    /** Returns the next line without its terminator; null at the end of the stream. */
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
        if (length > MAX_EVENT_LENGTH) {
            throw new IOException("the service sent an event of more than " + MAX_EVENT_LENGTH + " characters");
        }
    }

    @Override
    public void close() throws IOException {
        characters.close();
    }
}
