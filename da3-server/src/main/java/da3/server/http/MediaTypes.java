package da3.server.http;

import java.util.Locale;
import java.util.Map;

/** Media types by file name, for files that the service writes or contains. */
final class MediaTypes {

    static final String BYTES = "application/octet-stream";

    private static final Map<String, String> RESULTS = Map.ofEntries(
            Map.entry("glb", "model/gltf-binary"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("png", "image/png"),
            Map.entry("tiff", "image/tiff"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("json", "application/json"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private static final Map<String, String> PAGE = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("png", "image/png"),
            Map.entry("webp", "image/webp"),
            Map.entry("json", "application/json"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private MediaTypes() {}

    /** Returns the type of a result file; never one that a browser executes. */
    static String ofResult(String name) {
        return RESULTS.getOrDefault(extension(name), BYTES);
    }

    /** Returns the type of a file of the page. */
    static String ofPage(String name) {
        return PAGE.getOrDefault(extension(name), BYTES);
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
