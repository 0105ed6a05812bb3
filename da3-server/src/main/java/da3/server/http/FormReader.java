package da3.server.http;

import da3.geometry.check.Check;
import da3.server.tasks.UploadName;
import da3.server.wire.SafeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;

/**
 * A streaming reader of {@code multipart/form-data}: text fields go to memory, within limits, and files to disk.
 *
 * <p>Source: RFC 7578.
 */
final class FormReader implements MultiPart.Parser.Listener, AutoCloseable {

    private static final String FILES = "files";
    private static final int MAX_FIELDS = 64;
    private static final int MAX_TEXT_BYTES = 1 << 20; // total of all text fields
    private static final int MAX_PART_HEADER_BYTES = 8192;
    private static final int MAX_BOUNDARY = 70;

    private final Path folder;
    private final int maxFiles;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<Form.InputFile> files = new ArrayList<>();
    private int textBytes;
    private boolean complete;
    private Throwable failure;

    private String disposition;
    private String field; // name of the current part; null if it is a file
    private ByteArrayOutputStream text;
    private OutputStream file;

    private FormReader(Path folder, int maxFiles) {
        this.folder = folder;
        this.maxFiles = maxFiles;
    }

    /**
     * Reads a form.
     *
     * @param contentType value of the header Content-Type, with the boundary
     * @param folder empty folder to which files are written
     * @throws HttpError if the form is malformed or exceeds a limit
     */
    static Form read(RequestBody body, String contentType, Path folder, int maxFiles) throws IOException {
        String boundary = ContentDisposition.parameters(contentType).get("boundary");
        if (boundary == null || !boundary.matches("[\\x20-\\x7e]{1," + MAX_BOUNDARY + "}")) {
            throw HttpError.badRequest(
                    "the header Content-Type must name a boundary of 1 to " + MAX_BOUNDARY + " characters");
        }
        try (FormReader reader = new FormReader(folder, maxFiles)) {
            MultiPart.Parser parser = new MultiPart.Parser(boundary, reader);
            parser.setPartHeadersMaxLength(MAX_PART_HEADER_BYTES);
            parser.setMaxParts(maxFiles + MAX_FIELDS + 1L);
            byte[] buffer = new byte[1 << 16];
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                reader.feed(parser, Content.Chunk.from(ByteBuffer.wrap(buffer, 0, n), false));
            }
            reader.feed(parser, Content.Chunk.EOF);
            if (!reader.complete) {
                throw HttpError.badRequest("the form ends before its last boundary");
            }
            return new Form(reader.fields, reader.files);
        }
    }

    private void feed(MultiPart.Parser parser, Content.Chunk chunk) throws IOException {
        parser.parse(chunk);
        if (failure instanceof HttpError error) {
            throw error;
        }
        if (failure instanceof UncheckedIOException e) {
            throw new IOException("cannot write an upload", e.getCause());
        }
        if (failure != null) {
            throw HttpError.badRequest("the form is malformed: " + SafeText.sanitize("" + failure.getMessage()));
        }
    }

    /** The handling of a parser event. */
    @FunctionalInterface
    private interface Event {
        void run() throws IOException;
    }

    /** Keeps the first exception and ignores later events, since the parser continues after exceptions of its listener. */
    private void handle(Event event) {
        if (failure != null) {
            return;
        }
        try {
            event.run();
        } catch (IOException e) {
            failure = new UncheckedIOException(e);
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    @Override
    public void onPartHeader(String name, String value) {
        if (name.toLowerCase(Locale.ROOT).equals("content-disposition")) {
            disposition = value;
        }
    }

    @Override
    public void onPartHeaders() {
        handle(this::begin);
    }

    @Override
    public void onPartContent(Content.Chunk chunk) {
        handle(() -> write(chunk.getByteBuffer()));
    }

    @Override
    public void onPartEnd() {
        handle(this::end);
    }

    private void begin() throws IOException {
        Map<String, String> parameters = ContentDisposition.parameters(disposition == null ? "" : disposition);
        disposition = null;
        String name = parameters.get("name");
        if (name == null) {
            throw HttpError.badRequest("a part of the form has no name");
        }
        boolean isFile = parameters.containsKey("filename");
        if (isFile != name.equals(FILES)) {
            throw HttpError.badRequest(
                    isFile
                            ? Check.message("name of a part with a file", FILES, SafeText.sanitize(name))
                            : Check.message("part " + FILES, "a file with a name", "a text field"));
        }
        if (isFile) {
            openFile(parameters.get("filename"));
            return;
        }
        if (fields.containsKey(name)) {
            throw HttpError.badRequest("the field \"" + SafeText.sanitize(name) + "\" is repeated");
        }
        if (fields.size() == MAX_FIELDS) {
            throw HttpError.badRequest(Check.message("number of fields", "at most " + MAX_FIELDS, "more"));
        }
        field = name;
        text = new ByteArrayOutputStream();
    }

    private void openFile(String clientName) throws IOException {
        if (files.size() == maxFiles) {
            throw new HttpError(413, Check.message("number of files", "at most " + maxFiles, "more"));
        }
        Path path = UploadName.resolve(folder, clientName);
        file = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        files.add(new Form.InputFile(clientName, path));
    }

    private void write(ByteBuffer bytes) throws IOException {
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        if (file != null) {
            file.write(content);
            return;
        }
        textBytes += content.length;
        if (textBytes > MAX_TEXT_BYTES) {
            throw new HttpError(
                    413, Check.message("size of the text fields", "at most " + MAX_TEXT_BYTES + " bytes", "more"));
        }
        text.writeBytes(content);
    }

    private void end() throws IOException {
        if (file == null) {
            fields.put(field, text.toString(StandardCharsets.UTF_8));
            return;
        }
        file.close();
        file = null;
    }

    @Override
    public void onComplete() {
        complete = true;
    }

    @Override
    public void onFailure(Throwable cause) {
        failure = failure == null ? cause : failure;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
