package da3.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP client that sends any bytes, also malformed requests. */
final class RawHttp {

    private RawHttp() {}

    /** @param headers headers by lowercase name */
    record Reply(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Sends a request line with headers and a body; adds Host and Content-Length. */
    static Reply send(int port, String lineAndHeaders, byte[] body) throws IOException {
        String length = body.length == 0 ? "" : "\r\nContent-Length: " + body.length;
        return exchange(port, head(port, lineAndHeaders + length), body);
    }

    static Reply send(int port, String lineAndHeaders) throws IOException {
        return send(port, lineAndHeaders, new byte[0]);
    }

    static byte[] head(int port, String lineAndHeaders) {
        String[] parts = lineAndHeaders.split("\r\n", 2);
        String host = lineAndHeaders.contains("\r\nHost:") ? "" : "\r\nHost: localhost:" + port;
        String others = parts.length == 1 ? "" : "\r\n" + parts[1];
        return (parts[0] + " HTTP/1.1" + host + "\r\nConnection: close" + others + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    static Reply exchange(int port, byte[]... pieces) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            try {
                for (byte[] piece : pieces) {
                    socket.getOutputStream().write(piece);
                }
                socket.getOutputStream().flush();
            } catch (SocketException e) {
                return read(socket.getInputStream()); // rejected before the whole body was sent
            }
            return read(socket.getInputStream());
        }
    }

    static Reply read(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (SocketException | SocketTimeoutException e) {
            if (all.size() == 0) {
                throw e;
            }
        }
        String text = all.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("no answer: " + text);
        }
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        return new Reply(Integer.parseInt(lines[0].split(" ")[1]), headers, body);
    }
}
