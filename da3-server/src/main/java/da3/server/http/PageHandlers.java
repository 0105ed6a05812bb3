package da3.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Routes for the web page and the OpenAPI document; they contain no user data and need no token. */
final class PageHandlers {

    private static final String ROOT = "/da3/server/web/";

    private final Map<String, String> tags = new ConcurrentHashMap<>();
    private final byte[] api = OpenApi.bytes();

    List<Route> routes() {
        return List.of(
                Route.open("GET", "/", ctx -> send(ctx, "index.html")),
                Route.open("GET", "/assets/<path>", ctx -> send(ctx, "assets/" + ctx.pathParam("path"))),
                Route.open("GET", "/openapi.json", ctx -> send(ctx, "openapi.json", api)));
    }

    private void send(Context ctx, String path) throws IOException {
        String resource = ROOT + SafePath.require(path);
        byte[] bytes;
        // Without an extension the resource may be a directory, whose stream is a list of names.
        try (InputStream in = resource.contains(".")
                ? PageHandlers.class.getResourceAsStream(resource)
                : InputStream.nullInputStream()) {
            bytes = in == null ? new byte[0] : in.readAllBytes();
        }
        if (bytes.length == 0) {
            throw SafePath.fileNotFound();
        }
        send(ctx, resource, bytes);
    }

    private void send(Context ctx, String resource, byte[] bytes) {
        String tag = tags.computeIfAbsent(resource, name -> tag(bytes));
        ctx.header("ETag", tag).header("Cache-Control", "no-cache");
        if (tag.equals(ctx.header("If-None-Match"))) {
            ctx.status(304);
            return;
        }
        ctx.contentType(MediaTypes.ofPage(resource)).result(bytes);
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "\"" + HexFormat.of().formatHex(hash, 0, 16) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
