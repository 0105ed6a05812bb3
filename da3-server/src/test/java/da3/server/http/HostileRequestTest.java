package da3.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that hostile requests are rejected with a message that reveals nothing about the machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestTest {

    private static final String SECRET = "the secret outside";

    private Path folder;
    private Path root;
    private ServiceFixture service;
    private UUID task;

    /** @param statuses allowed statuses of the response */
    record Attack(String name, String lineAndHeaders, byte[] body, int... statuses) {
        Attack(String name, String lineAndHeaders, int... statuses) {
            this(name, lineAndHeaders, new byte[0], statuses);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void startAndCompleteOneTask(@TempDir Path folder) throws Exception {
        this.folder = folder;
        root = Files.createDirectories(folder.resolve("allowed"));
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Path sibling = Files.createDirectories(folder.resolve("allowed-not"));
        Path gallery = Files.createDirectories(folder.resolve("gallery/group/scene"))
                .getParent()
                .getParent();
        for (Path place : List.of(root, outside, sibling)) {
            Files.write(place.resolve("photo.png"), SampleImages.png(1));
        }
        for (Path scene : List.of(outside, gallery.resolve("group/scene"))) {
            Files.writeString(scene.resolve("scene.glb"), SECRET);
            Files.writeString(scene.resolve("scene.jpg"), SECRET);
        }
        Files.writeString(folder.resolve("secret.txt"), SECRET);
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.createSymbolicLink(root.resolve("dangling"), folder.resolve("not-there-yet"));
        Files.createSymbolicLink(gallery.resolve("group/leak"), outside);
        Files.createSymbolicLink(gallery.resolve("leak"), folder);
        service = ServiceFixture.start(
                folder.resolve("workspace"),
                ServerSettings.defaults()
                        .withAllowedRoots(List.of(root))
                        .withGalleryDirectory(gallery)
                        .withMaxBodyBytes(200_000)
                        .withMaxFiles(3));
        task = service.completed(Map.of());
        Path results = service.tasks().find(task).orElseThrow().directory();
        Files.createSymbolicLink(results.resolve("leak.txt"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(results.resolve("leaks"), folder);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"paths", "pathsInJson", "bodies", "forms", "photos", "jsons", "hosts", "ids", "methods"})
    void isRejected(Attack attack) throws Exception {
        int tasks = service.tasks().tasks().size();

        RawHttp.Reply reply = RawHttp.send(service.port(), attack.lineAndHeaders(), attack.body());

        assertThat(Arrays.stream(attack.statuses()).boxed().toList())
                .as(() -> reply.text())
                .contains(reply.status());
        assertThat(ServiceFixture.json(reply).path("error").asText()).isNotBlank();
        assertThat(reply.text())
                .doesNotContain(SECRET, "Exception", "at da3.", ".java", folder.resolve("workspace/") + "/");
        assertThat(reply.headers()).containsEntry("x-content-type-options", "nosniff");
        assertThat(service.tasks().tasks()).hasSize(tasks);
        assertThat(uploads()).as("uploads are deleted").isZero();
    }

    private long uploads() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("workspace"))) {
            return files.filter(path -> path.toString().contains("upload"))
                    .filter(Files::isRegularFile)
                    .count();
        }
    }

    Stream<Attack> paths() {
        String files = "GET /task/" + task + "/files/";
        return Stream.of(
                new Attack("dots", files + "../../../../secret.txt", 400, 404),
                new Attack("dots at the end", files + "..", 400, 404),
                new Attack("encoded dots", files + "%2e%2e/%2e%2e/%2e%2e/secret.txt", 400, 404),
                new Attack("encoded dots and slash", files + "%2e%2e%2f%2e%2e%2fsecret.txt", 400, 404),
                new Attack("dots and encoded slash", files + "..%2f..%2fsecret.txt", 400, 404),
                new Attack("twice encoded", files + "%252e%252e%252f%252e%252e%252fsecret.txt", 400, 404),
                new Attack("overlong UTF-8 dots", files + "%c0%ae%c0%ae/secret.txt", 400, 404),
                new Attack("full-width dots", files + "%ef%bc%8e%ef%bc%8e/secret.txt", 400, 404),
                new Attack("path parameter", files + "..;/..;/secret.txt", 400, 404),
                new Attack("absolute", files + "/etc/passwd", 400, 404),
                new Attack("encoded absolute", files + "%2fetc%2fpasswd", 400, 404),
                new Attack("backslash", files + "..\\..\\secret.txt", 400, 404),
                new Attack("encoded backslash", files + "..%5c..%5csecret.txt", 400, 404),
                new Attack("drive", files + "C:%5csecret.txt", 400, 404),
                new Attack("NUL", files + "scene.glb%00.txt", 400, 404),
                new Attack("line break", files + "scene.glb%0d%0aSet-Cookie:%20a=b", 400, 404),
                new Attack("hidden file", files + ".task.json", 400, 404),
                new Attack("folder", files + "viewer", 400, 404),
                new Attack("symbolic link to a file", files + "leak.txt", 400, 404),
                new Attack("symbolic link to a folder", files + "leaks/secret.txt", 400, 404),
                new Attack("page: dots", "GET /assets/../../http/openapi.json", 400, 404),
                new Attack("page: encoded dots", "GET /assets/%2e%2e/index.html", 400, 404),
                new Attack("page: encoded slash", "GET /assets/..%2findex.html", 400, 404),
                new Attack("page: class file", "GET /assets/../../../da3/server/http/Da3Server.class", 400, 404),
                new Attack("page: folder", "GET /assets/", 400, 404),
                new Attack("gallery: dots", "GET /gallery/group/../outside/scene.glb", 400, 404),
                new Attack("gallery: encoded dots", "GET /gallery/%2e%2e/outside/scene.glb", 400, 404),
                new Attack("gallery: encoded slash", "GET /gallery/group/..%2f..%2foutside/scene.glb", 400, 404),
                new Attack("gallery: linked scene", "GET /gallery/group/leak/scene.glb", 404),
                new Attack("gallery: linked group", "GET /gallery/leak/outside/scene.glb", 404),
                new Attack("gallery: other file", "GET /gallery/group/scene/metadata.json", 404),
                new Attack("gallery: manifest of a link", "GET /gallery/manifest/leak.json", 404),
                new Attack("gallery: manifest outside", "GET /gallery/manifest/..json", 400, 404),
                new Attack("gallery: manifest by slash", "GET /gallery/manifest/..%2f..json", 400, 404));
    }

    Stream<Attack> pathsInJson() {
        String photo = "\"" + root + "/photo.png\"";
        return Stream.of(
                paths("absolute", "\"/etc/passwd\"", 403),
                paths("dots", "\"" + root + "/../secret.txt\"", 403),
                paths("dots and back", "\"" + root + "/../outside/photo.png\"", 403),
                paths("sibling of the same prefix", "\"" + root + "-not/photo.png\"", 403),
                paths("symbolic link", "\"" + root + "/link/photo.png\"", 403),
                paths("dangling link", "\"" + root + "/dangling\"", 403, 422),
                paths("workspace", "\"" + folder + "/workspace\"", 403),
                paths("relative", "\"photo.png\"", 422),
                paths("home", "\"~/photo.png\"", 422),
                paths("address", "\"file://" + root + "/photo.png\"", 422),
                paths("NUL", "\"" + root + "/photo.png\\u0000\"", 422),
                paths("folder", "\"" + root + "\"", 422),
                paths("not there", "\"" + root + "/none.png\"", 422),
                paths("empty", "\"\"", 422),
                json("export outside", "{\"image_paths\":[" + photo + "],\"export_dir\":\"/tmp/da3-evil\"}", 403),
                json(
                        "export by dots",
                        "{\"image_paths\":[" + photo + "],\"export_dir\":\"" + root + "/a/../../b\"}",
                        403),
                json("export by link", "{\"image_paths\":[" + photo + "],\"export_dir\":\"" + root + "/link/b\"}", 403),
                json(
                        "export by dangling link",
                        "{\"image_paths\":[" + photo + "],\"export_dir\":\"" + root + "/dangling/b\"}",
                        403));
    }

    Stream<Attack> bodies() {
        byte[] large = new byte[200_001];
        return Stream.of(
                new Attack("oversized form", ServiceFixture.POST_FORM, large, 413),
                new Attack("oversized JSON", ServiceFixture.POST_JSON, large, 413),
                new Attack("oversized name", "POST /reload\r\nContent-Type: application/json", new byte[5000], 413),
                new Attack(
                        "declared to be huge",
                        ServiceFixture.POST_FORM + "\r\nContent-Length: 9223372036854775807",
                        413),
                new Attack("negative length", ServiceFixture.POST_FORM + "\r\nContent-Length: -1", 400),
                new Attack(
                        "two lengths",
                        ServiceFixture.POST_FORM + "\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                        400),
                new Attack(
                        "length and chunks",
                        ServiceFixture.POST_FORM + "\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
                        400),
                new Attack("compressed", ServiceFixture.POST_FORM + "\r\nContent-Encoding: gzip", new byte[20], 415),
                new Attack("no type", "POST /inference", new byte[20], 415),
                new Attack("text", "POST /inference\r\nContent-Type: text/plain", new byte[20], 415),
                new Attack(
                        "form of another kind",
                        "POST /inference\r\nContent-Type: application/x-www-form-urlencoded",
                        "infer_gs=true".getBytes(StandardCharsets.UTF_8),
                        415),
                new Attack("long address", "GET /" + "a".repeat(20_000), 414, 431),
                new Attack("large headers", "GET /status\r\nX-Large: " + "a".repeat(20_000), 431),
                new Attack("header without colon", "GET /status\r\nnonsense", 400));
    }

    Stream<Attack> forms() {
        Map<String, byte[]> none = Map.of();
        Map<String, byte[]> photo = Map.of("a.png", SampleImages.png(1));
        byte[] whole = ServiceFixture.form(Map.of(), photo);
        Map<String, byte[]> four = new LinkedHashMap<>();
        IntStream.range(0, 4).forEach(i -> four.put(i + ".png", SampleImages.png(i)));
        Map<String, String> manyFields =
                IntStream.range(0, 1500).boxed().collect(Collectors.toMap(i -> "f" + i, i -> "1"));
        return Stream.of(
                new Attack("no boundary", "POST /inference\r\nContent-Type: multipart/form-data", whole, 400),
                new Attack(
                        "empty boundary",
                        "POST /inference\r\nContent-Type: multipart/form-data; boundary=\"\"",
                        whole,
                        400),
                new Attack(
                        "long boundary",
                        "POST /inference\r\nContent-Type: multipart/form-data; boundary=" + "b".repeat(500),
                        whole,
                        400),
                new Attack(
                        "another boundary",
                        "POST /inference\r\nContent-Type: multipart/form-data; boundary=other",
                        whole,
                        400),
                new Attack("truncated", ServiceFixture.POST_FORM, Arrays.copyOf(whole, whole.length - 40), 400),
                new Attack("truncated in headers", ServiceFixture.POST_FORM, Arrays.copyOf(whole, 130), 400),
                new Attack("empty", ServiceFixture.POST_FORM, 400),
                new Attack("no files", ServiceFixture.POST_FORM, ServiceFixture.form(Map.of(), none), 422),
                new Attack("too many files", ServiceFixture.POST_FORM, ServiceFixture.form(Map.of(), four), 413),
                new Attack(
                        "thousands of fields", ServiceFixture.POST_FORM, ServiceFixture.form(manyFields, photo), 400),
                new Attack(
                        "large field",
                        ServiceFixture.POST_FORM,
                        ServiceFixture.form(Map.of("name", "n".repeat(150_000)), photo),
                        413,
                        422),
                new Attack(
                        "large part header",
                        ServiceFixture.POST_FORM,
                        part("name=\"" + "n".repeat(20_000) + "\"", "x"),
                        400),
                new Attack("part without name", ServiceFixture.POST_FORM, part("filename=\"a.png\"", "x"), 400),
                new Attack(
                        "file of another name",
                        ServiceFixture.POST_FORM,
                        part("name=\"photo\"; filename=\"a.png\"", "x"),
                        400),
                new Attack("files without file", ServiceFixture.POST_FORM, part("name=\"files\"", "x"), 400),
                new Attack(
                        "unknown field",
                        ServiceFixture.POST_FORM,
                        ServiceFixture.form(Map.of("shell", "\"rm\""), photo),
                        400),
                new Attack(
                        "path field",
                        ServiceFixture.POST_FORM,
                        ServiceFixture.form(Map.of("export_dir", "/tmp/x"), photo),
                        400),
                new Attack(
                        "field of wrong type",
                        ServiceFixture.POST_FORM,
                        ServiceFixture.form(Map.of("seed", "\"x\""), photo),
                        400),
                new Attack(
                        "block that is not there",
                        ServiceFixture.POST_FORM,
                        ServiceFixture.form(Map.of("export_feat_layers", "[99]"), photo),
                        422),
                new Attack(
                        "illegal value",
                        ServiceFixture.POST_FORM,
                        ServiceFixture.form(Map.of("process_res", "1"), photo),
                        422),
                new Attack(
                        "huge resolution",
                        ServiceFixture.POST_FORM,
                        ServiceFixture.form(Map.of("process_res", "2000000000"), photo),
                        422),
                new Attack(
                        "unknown format",
                        ServiceFixture.POST_FORM,
                        ServiceFixture.form(Map.of("export_format", "exe"), photo),
                        422),
                new Attack(
                        "name with a command",
                        ServiceFixture.POST_FORM,
                        ServiceFixture.form(Map.of("name", "a\u0007b"), photo),
                        422),
                new Attack(
                        "frames of photos",
                        ServiceFixture.POST_FORM,
                        ServiceFixture.form(Map.of("fps", "2"), photo),
                        422),
                new Attack(
                        "Gaussians of a model without",
                        ServiceFixture.POST_FORM,
                        ServiceFixture.form(Map.of("infer_gs", "true"), photo),
                        422));
    }

    Stream<Attack> photos() {
        byte[] jpeg = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xc0, 0, 17, 8, -1, -1, -1, -1, 3, 1, 17, 0};
        byte[] cut = Arrays.copyOf(SampleImages.png(1), 60);
        return Stream.of(
                photo("decompression bomb", SampleImages.hollowPng(60_000, 60_000)),
                photo("larger than an int", SampleImages.hollowPng(Integer.MAX_VALUE, Integer.MAX_VALUE)),
                photo("wide bomb", SampleImages.hollowPng(Integer.MAX_VALUE, 1)),
                photo("no pixels", SampleImages.hollowPng(0, 0)),
                photo("bomb as JPEG", jpeg),
                photo("empty", new byte[0]),
                photo("cut after a few bytes", Arrays.copyOf(cut, 10)),
                photo("script", "#!/bin/sh\nrm -rf /\n".getBytes(StandardCharsets.UTF_8)),
                photo("page", "<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8)),
                photo("vector graphics", "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8)),
                photo("playlist", "#EXTM3U\nfile:///etc/passwd\n".getBytes(StandardCharsets.UTF_8)),
                photo("HEIF", "\0\0\0\030ftypheic\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1)),
                photo("video of nothing", "\0\0\0\030ftypisom\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1)));
    }

    Stream<Attack> jsons() {
        String photo = "{\"image_paths\":[\"" + root + "/photo.png\"],";
        return Stream.of(
                json("empty", "", 400),
                json("no JSON", "{", 400),
                json("a list", "[]", 400),
                json("null", "null", 400),
                json("deep", "[".repeat(50_000), 400),
                json("deep in a field", photo + "\"extrinsics\":" + "[".repeat(1000) + "]".repeat(1000) + "}", 400),
                json("duplicate", photo + "\"seed\":1,\"seed\":2}", 400),
                json("trailing", photo + "\"seed\":1} {}", 400),
                json("comment", photo + "/* */ \"seed\":1}", 400),
                json("NaN", photo + "\"conf_thresh_percentile\":NaN}", 400),
                json("Infinity", photo + "\"conf_thresh_percentile\":Infinity}", 400),
                json("infinite by its exponent", photo + "\"conf_thresh_percentile\":1e999}", 400, 422),
                json("a long number", photo + "\"seed\":" + "9".repeat(5000) + "}", 400),
                json("beyond 64 bits", photo + "\"seed\":99999999999999999999}", 400),
                json("fraction", photo + "\"num_max_points\":1.5}", 400),
                json("text for a number", photo + "\"process_res\":\"504\"}", 400),
                json("number for a truth", photo + "\"infer_gs\":1}", 400),
                json("object for a list", photo + "\"export_feat_layers\":{}}", 400),
                json("unknown field", photo + "\"__proto__\":{}}", 400),
                json("negative points", photo + "\"num_max_points\":-1}", 422),
                json("percentile above 100", photo + "\"conf_thresh_percentile\":101}", 422),
                json("ragged matrix", photo + "\"extrinsics\":[[[1,0,0,0],[0,1,0],[0,0,1,0]]]}", 400),
                json("matrix that is no motion", photo + "\"extrinsics\":[[[9,0,0,0],[0,1,0,0],[0,0,1,0]]]}", 422),
                json("fewer cameras than photos", photo + "\"extrinsics\":[]}", 422),
                json("no paths", "{}", 422),
                json("paths of another type", "{\"image_paths\":[1]}", 400),
                json("too many paths", "{\"image_paths\":[" + "\"/x\",".repeat(3) + "\"/x\"]}", 422));
    }

    Stream<Attack> hosts() {
        int port = service.port();
        return Stream.of(
                new Attack("another name", "GET /tasks\r\nHost: evil.example", 403),
                new Attack("another name that begins so", "GET /tasks\r\nHost: localhost.evil.example", 403),
                new Attack("another address", "GET /tasks\r\nHost: 192.168.1.1:" + port, 403),
                new Attack("another name before the page", "GET /\r\nHost: evil.example", 403),
                new Attack("no name", "GET /tasks\r\nHost: ", 400, 403),
                new Attack("two names", "GET /tasks\r\nHost: localhost\r\nHost: evil.example", 400),
                new Attack("another origin", "POST /cleanup\r\nOrigin: http://evil.example", 403),
                new Attack("another port", "POST /cleanup\r\nOrigin: http://localhost:1", 403),
                new Attack("null origin", "POST /cleanup\r\nOrigin: null", 403),
                new Attack(
                        "origin that begins so",
                        "POST /cleanup\r\nOrigin: http://localhost:" + port + ".evil.example",
                        403),
                new Attack("cross-site", "POST /cleanup\r\nSec-Fetch-Site: cross-site", 403),
                new Attack("another origin deletes", "DELETE /task/" + task + "\r\nOrigin: http://evil.example", 403));
    }

    Stream<Attack> ids() {
        String unknown = "00000000-0000-4000-8000-000000000000";
        return Stream.of("", "/events", "/files", "/files/scene.glb", "/result.zip", "/scene")
                .flatMap(what -> Stream.of(unknown, "1-1-1-1-1", "x", task + "x", "%2e%2e", "..%00")
                        .map(id -> new Attack("unknown task " + id + what, "GET /task/" + id + what, 400, 404)));
    }

    Stream<Attack> methods() {
        return Stream.of(
                new Attack("PUT", "PUT /task/" + task, 405),
                new Attack("PATCH", "PATCH /inference", 405),
                new Attack("DELETE of all", "DELETE /tasks", 405),
                new Attack("GET that would cancel", "GET /task/" + task + "/cancel", 404, 405),
                new Attack("GET that would reload", "GET /reload", 405),
                new Attack("TRACE", "TRACE /status", 405),
                new Attack("CONNECT", "CONNECT localhost:22", 400, 404, 405),
                new Attack("OPTIONS", "OPTIONS /inference\r\nOrigin: http://evil.example", 404, 405),
                new Attack("unknown method", "BREW /status", 400, 404, 405, 501),
                new Attack("cancel of an ended task", "POST /task/" + task + "/cancel", 409),
                new Attack("cancel of an unknown task", "POST /task/" + new UUID(0, 0) + "/cancel", 404),
                new Attack("delete of an unknown task", "DELETE /task/" + new UUID(0, 0), 404),
                new Attack(
                        "model that is not allowed",
                        "POST /reload\r\nContent-Type: application/json",
                        "{\"model\":\"/etc\"}".getBytes(StandardCharsets.UTF_8),
                        403),
                new Attack("nothing there", "GET /admin", 404));
    }

    private static Attack paths(String name, String path, int... statuses) {
        return json("photo: " + name, "{\"image_paths\":[" + path + "]}", statuses);
    }

    private static Attack json(String name, String json, int... statuses) {
        return new Attack("JSON: " + name, ServiceFixture.POST_JSON, json.getBytes(StandardCharsets.UTF_8), statuses);
    }

    private static Attack photo(String name, byte[] bytes) {
        byte[] form = ServiceFixture.form(Map.of(), Map.of("photo.png", bytes));
        return new Attack("photo: " + name, ServiceFixture.POST_FORM, form, 415, 422);
    }

    private static byte[] part(String parameters, String content) {
        return ("--xxboundaryxx\r\nContent-Disposition: form-data; " + parameters + "\r\n\r\n" + content
                        + "\r\n--xxboundaryxx--\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
