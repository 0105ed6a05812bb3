package da3.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Responses with a file or a byte range of it. Source: RFC 9110, sections 8.8, 13 and 14. */
final class FileResponse {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private FileResponse() {}

    static void send(Context ctx, Path file) throws IOException {
        String name = file.getFileName().toString();
        String type = MediaTypes.ofResult(name);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long size = channel.size();
            String tag = "\"" + Long.toHexString(size) + "-"
                    + Long.toHexString(Files.getLastModifiedTime(file).toMillis()) + "\"";
            ctx.header("ETag", tag)
                    .header("Accept-Ranges", "bytes")
                    .header("Cache-Control", "private, no-cache")
                    .header(
                            "Content-Disposition",
                            ContentDisposition.of(type.equals(MediaTypes.BYTES) ? "attachment" : "inline", name));
            if (matches(ctx.header("If-None-Match"), tag)) {
                ctx.status(304);
                return;
            }
            ctx.contentType(type);
            Optional<Range> range = range(ctx, tag, size);
            Range sentRange = range.orElse(new Range(0, size - 1));
            if (range.isPresent()) {
                ctx.status(206).header("Content-Range", "bytes " + sentRange.first + "-" + sentRange.last + "/" + size);
            }
            ctx.res().setContentLengthLong(sentRange.length());
            if (!ctx.req().getMethod().equals("HEAD")) {
                copy(channel, sentRange, ctx.res().getOutputStream());
            }
        } catch (NoSuchFileException e) {
            throw SafePath.fileNotFound();
        }
    }

    private static boolean matches(String header, String tag) {
        return header != null && (header.equals("*") || header.contains(tag));
    }

    /** Returns the requested range; empty for the whole file, also if the header is malformed or has several ranges. */
    private static Optional<Range> range(Context ctx, String tag, long size) {
        String header = ctx.header("Range");
        String condition = ctx.header("If-Range");
        Matcher matcher = RANGE.matcher(header == null ? "" : header);
        if (!matcher.matches() || condition != null && !condition.equals(tag)) {
            return Optional.empty();
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        if (first.isEmpty() && last.isEmpty()) {
            return Optional.empty();
        }
        Range range = first.isEmpty()
                ? new Range(Math.max(0, size - Long.parseLong(last)), size - 1)
                : new Range(
                        Long.parseLong(first), last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1));
        if (range.length() <= 0) {
            throw new HttpError(416, "the range " + header + " is outside the file, which has " + size + " bytes")
                    .withHeader("Content-Range", "bytes */" + size);
        }
        return Optional.of(range);
    }

    private static void copy(SeekableByteChannel from, Range range, OutputStream out) throws IOException {
        WritableByteChannel to = Channels.newChannel(out);
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        from.position(range.first);
        for (long left = range.length(); left > 0; left -= buffer.position()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), left));
            if (from.read(buffer) < 0) {
                throw new IOException("the file was truncated while it was sent");
            }
            buffer.flip();
            to.write(buffer);
        }
    }

    /** A range of bytes, including both ends. */
    private record Range(long first, long last) {
        long length() {
            return last - first + 1;
        }
    }
}
