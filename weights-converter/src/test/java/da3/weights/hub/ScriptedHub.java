package da3.weights.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * A hub with one model at one commit, and a storage host for large files. It behaves like the real hub, except for
 * requests with a script.
 */
final class ScriptedHub implements AutoCloseable {

    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    static final String WEIGHTS = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";

    /** The target of a request: the hub by HEAD or GET, or the storage host. */
    enum Door {
        HEAD,
        GET,
        STORAGE
    }

    /** The response to one request. */
    @FunctionalInterface
    interface Script {
        void answer(HttpExchange exchange, byte[] content) throws IOException;
    }

    record Request(Door door, String path, Optional<String> range, Optional<String> authorization) {}

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, Deque<Script>> scripts = new ConcurrentHashMap<>();
    private final Map<String, Script> rules = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String scheme;
    private final HttpServer hub;
    private final HttpServer storage;

    ScriptedHub(Optional<SSLContext> keys) throws IOException {
        scheme = keys.isPresent() ? "https" : "http";
        hub = start(
                keys, exchange -> serve(exchange, exchange.getRequestMethod().equals("HEAD") ? Door.HEAD : Door.GET));
        storage = start(keys, exchange -> serve(exchange, Door.STORAGE));
    }

    ScriptedHub with(String file, byte[] content) {
        files.put(file, content);
        return this;
    }

    /** Sets the responses to the next requests. */
    ScriptedHub script(Door door, String file, Script... next) {
        scripts.computeIfAbsent(door + file, key -> new ArrayDeque<>()).addAll(List.of(next));
        return this;
    }

    /** Sets the response to all requests. */
    ScriptedHub always(Door door, String file, Script script) {
        rules.put(door + file, script);
        return this;
    }

    URI endpoint() {
        return URI.create(scheme + "://localhost:" + hub.getAddress().getPort());
    }

    URI storage() {
        return URI.create(scheme + "://localhost:" + storage.getAddress().getPort());
    }

    List<Request> requests() {
        return requests;
    }

    List<Request> requests(Door door, String file) {
        return requests.stream()
                .filter(request -> request.door() == door && request.path().endsWith("/" + file))
                .toList();
    }

    @Override
    public void close() {
        closed.countDown();
        hub.stop(0);
        storage.stop(0);
        threads.shutdownNow();
    }

    static Script status(int status, String... headers) {
        return (exchange, content) -> {
            headers(exchange, headers);
            exchange.sendResponseHeaders(status, -1);
        };
    }

    /** Responds to HEAD like the hub, with some headers changed; an empty value omits one. */
    static Script saying(String... headers) {
        return (exchange, content) -> {
            exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
            exchange.getResponseHeaders().set("ETag", '"' + gitSha1(content) + '"');
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
            headers(exchange, headers);
            exchange.sendResponseHeaders(200, -1);
        };
    }

    static Script cutAfter(int bytes) {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, bytes);
            exchange.getResponseBody().flush();
        };
    }

    /** Responds with all bytes, regardless of the requested range. */
    static Script bytes(byte[] bytes) {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** Responds with bytes without announcing their number. */
    static Script chunks(byte[] bytes) {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().close();
        };
    }

    Script stallAfter(int bytes) {
        return (exchange, content) -> {
            cutAfter(bytes).answer(exchange, content);
            hang();
        };
    }

    Script silence() {
        return (exchange, content) -> hang();
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String sha256(byte[] bytes) {
        return digest("SHA-256", bytes);
    }

    static String gitSha1(byte[] bytes) {
        byte[] head = text("blob " + bytes.length + "\0");
        byte[] all = Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, all, head.length, bytes.length);
        return digest("SHA-1", all);
    }

    private HttpServer start(Optional<SSLContext> keys, com.sun.net.httpserver.HttpHandler handler) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer server;
        if (keys.isPresent()) {
            HttpsServer secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(keys.get()));
            server = secure;
        } else {
            server = HttpServer.create(address, 0);
        }
        server.createContext("/", handler);
        server.setExecutor(threads);
        server.start();
        return server;
    }

    private void serve(HttpExchange exchange, Door door) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        requests.add(new Request(door, path, header(exchange, "Range"), header(exchange, "Authorization")));
        String name = path.substring(path.lastIndexOf('/') + 1);
        try (exchange) {
            Deque<Script> next = scripts.getOrDefault(door + name, new ArrayDeque<>());
            Script script;
            synchronized (next) {
                script = next.poll();
            }
            if (script == null) {
                script = rules.getOrDefault(door + name, this::respondNormally);
            }
            script.answer(exchange, files.getOrDefault(name, new byte[0]));
        }
    }

    private void respondNormally(HttpExchange exchange, byte[] content) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (!files.containsKey(name)) {
            status(404, "X-Repo-Commit", COMMIT, "X-Error-Code", "EntryNotFound")
                    .answer(exchange, content);
        } else if (exchange.getLocalAddress().getPort() == storage.getAddress().getPort()) {
            ranged(exchange, content);
        } else if (name.endsWith(".safetensors")) {
            status(
                            302,
                            "X-Repo-Commit",
                            COMMIT,
                            "X-Linked-Size",
                            String.valueOf(content.length),
                            "X-Linked-ETag",
                            '"' + sha256(content) + '"',
                            "Location",
                            storage() + "/signed/" + name + "?signature=secret")
                    .answer(exchange, content);
        } else if (exchange.getRequestMethod().equals("HEAD")) {
            saying().answer(exchange, content);
        } else {
            bytes(content).answer(exchange, content);
        }
    }

    private static void ranged(HttpExchange exchange, byte[] content) throws IOException {
        Optional<String> range = header(exchange, "Range");
        int from = range.map(text -> Integer.parseInt(text.substring(6, text.length() - 1)))
                .orElse(0);
        if (range.isPresent()) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(range.isPresent() ? 206 : 200, content.length - from);
        try (InputStream rest = new ByteArrayInputStream(content, from, content.length - from)) {
            rest.transferTo(exchange.getResponseBody());
        }
    }

    private void hang() throws IOException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void headers(HttpExchange exchange, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i + 1].isEmpty()) {
                exchange.getResponseHeaders().remove(headers[i]);
            } else {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
        }
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
