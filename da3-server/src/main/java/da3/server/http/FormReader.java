package da3.server.http;

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
 * Reads {@code multipart/form-data} piece by piece: texts to memory, within bounds, and files straight to disk.
 *
 * <p>Source: RFC 7578.
 */
final class FormReader implements MultiPart.Parser.Listener, AutoCloseable {

    private static final String FILES = "files";
    private static final int MAX_FIELDS = 64;
    private static final int MAX_TEXT_BYTES = 1 << 20; // of all fields together
    private static final int MAX_PART_HEADER_BYTES = 8192;
    private static final int MAX_BOUNDARY = 70;

    private final Path folder;
    private final int maxFiles;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<Form.Sent> files = new ArrayList<>();
    private int textBytes;
    private boolean complete;
    private Throwable failure;

    private String disposition;
    private String field; // of the part that is being read, null where it is a file
    private ByteArrayOutputStream text;
    private OutputStream file;

    private FormReader(Path folder, int maxFiles) {
        this.folder = folder;
        this.maxFiles = maxFiles;
    }

    /**
     * @param contentType with the boundary
     * @param folder empty; where files go
     */
    static Form read(RequestBody body, String contentType, Path folder, int maxFiles) throws IOException {
        String boundary = ContentDisposition.parameters(contentType).get("boundary");
        if (boundary == null || !boundary.matches("[\\x20-\\x7e]{1," + MAX_BOUNDARY + "}")) {
            throw HttpError.malformed(
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
                throw HttpError.malformed("the form ends before its last boundary");
            }
            return new Form(reader.fields, reader.files);
        }
    }

    private void feed(MultiPart.Parser parser, Content.Chunk chunk) throws IOException {
        parser.parse(chunk);
        if (failure instanceof HttpError refusal) {
            throw refusal;
        }
        if (failure instanceof UncheckedIOException disk) {
            throw new IOException("an upload cannot be written", disk.getCause());
        }
        if (failure != null) {
            throw HttpError.malformed("the form is not well-formed: " + SafeText.shortened("" + failure.getMessage()));
        }
    }

    /** What a part brings. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /** The parser goes on after an exception of its listener, so that the first one is kept, and what follows is dropped. */
    private void step(Step step) {
        if (failure != null) {
            return;
        }
        try {
            step.run();
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
        step(this::begin);
    }

    @Override
    public void onPartContent(Content.Chunk chunk) {
        step(() -> write(chunk.getByteBuffer()));
    }

    @Override
    public void onPartEnd() {
        step(this::end);
    }

    private void begin() throws IOException {
        Map<String, String> said = ContentDisposition.parameters(disposition == null ? "" : disposition);
        disposition = null;
        String name = said.get("name");
        if (name == null) {
            throw HttpError.malformed("a part of the form has no name");
        }
        boolean isFile = said.containsKey("filename");
        if (isFile != name.equals(FILES)) {
            throw HttpError.malformed("the part \"" + SafeText.shortened(name) + "\" is "
                    + (isFile
                            ? "a file, but files must be in parts named \"files\""
                            : "no file, but must be a file with a name"));
        }
        if (isFile) {
            openFile(said.get("filename"));
            return;
        }
        if (fields.containsKey(name)) {
            throw HttpError.malformed("the field \"" + SafeText.shortened(name) + "\" comes twice, but must come once");
        }
        if (fields.size() == MAX_FIELDS) {
            throw HttpError.malformed("the form has more than " + MAX_FIELDS + " fields");
        }
        field = name;
        text = new ByteArrayOutputStream();
    }

    private void openFile(String claimed) throws IOException {
        if (files.size() == maxFiles) {
            throw new HttpError(413, "the form has more than " + maxFiles + " files");
        }
        Path path = UploadName.in(folder, claimed);
        file = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        files.add(new Form.Sent(claimed, path));
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
            throw new HttpError(413, "the fields of the form have more than " + MAX_TEXT_BYTES + " bytes");
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
    public void onFailure(Throwable malformed) {
        failure = failure == null ? malformed : failure;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
