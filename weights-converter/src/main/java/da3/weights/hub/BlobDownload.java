package da3.weights.hub;

import da3.weights.hub.HubHttp.Body;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The download of one file into the cache. Partial downloads are kept for the next attempt or pull; corrupt ones are
 * deleted.
 */
final class BlobDownload {

    private static final int BUFFER = 1 << 17;

    /** Progress after which earlier failures no longer count; with less, attempts could continue forever. */
    private static final long MIN_PROGRESS_BYTES = 1L << 20;

    private final RemoteFile file;
    private final Path partial;
    private final HubHttp http;
    private final HubEnvironment environment;
    private final HubProgress progress;
    private final BlobDigest digest;
    private final byte[] buffer = new byte[BUFFER];

    /** Number of bytes that are on disk and in the digest. */
    private long done;

    private long doneAtLastReset;

    BlobDownload(RemoteFile file, Path partial, HubHttp http, HubEnvironment environment, HubProgress progress) {
        this.file = file;
        this.partial = partial;
        this.http = http;
        this.environment = environment;
        this.progress = progress;
        this.digest = file.digest();
    }

    /**
     * Downloads the file until it is complete, and verifies it.
     *
     * @throws HubException if the server rejects the request or sends other data, or the file cannot be written
     */
    void run() throws HubException {
        try (FileChannel channel = FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            resume(channel);
            RetryPolicy retryPolicy = new RetryPolicy(environment);
            while (done < file.bytes()) {
                try {
                    receive(channel);
                } catch (TransientFailure e) {
                    if (done >= doneAtLastReset + MIN_PROGRESS_BYTES) {
                        doneAtLastReset = done;
                        retryPolicy.reset();
                    }
                    retryPolicy.backOff(e);
                }
            }
            verify();
            channel.force(true);
            if (channel.size() != file.bytes()) {
                throw mismatch(file.bytes() + " bytes", channel.size() + " bytes, since another process wrote to it");
            }
        } catch (HubException e) {
            deleteIfEmpty();
            throw e;
        } catch (IOException e) {
            throw HubException.unwritable(partial, e);
        }
    }

    private void deleteIfEmpty() throws HubException {
        try {
            if (done == 0) {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw HubException.unwritable(partial, e);
        }
    }

    private void resume(FileChannel channel) throws IOException {
        if (channel.size() > file.bytes()) {
            channel.truncate(0);
        }
        ByteBuffer bytes = ByteBuffer.wrap(buffer);
        for (int count = channel.read(bytes, 0); count > 0; count = channel.read(bytes.clear(), done)) {
            digest.update(buffer, count);
            done += count;
        }
        doneAtLastReset = done;
        progress.update(file.name(), done, file.bytes());
    }

    private void restart(FileChannel channel) throws IOException {
        channel.truncate(0);
        digest.restart();
        done = 0;
        progress.update(file.name(), 0, file.bytes());
    }

    private void receive(FileChannel channel) throws IOException, TransientFailure {
        try (Body body = http.get(file.uri(), done, file.name())) {
            if (body.status() == 200 && done > 0) {
                restart(channel);
            }
            if (body.status() != 200 && !continues(body)) {
                restart(channel);
                throw new TransientFailure("the server cannot continue the download of " + file.name());
            }
            Optional<Long> length = body.headers().firstValue("Content-Length").flatMap(HeaderValues::size);
            if (length.isPresent() && length.get() != file.bytes() - done) {
                throw mismatch(file.bytes() + " bytes", done + length.get() + " bytes");
            }
            copy(body.stream(), channel);
        }
        if (done < file.bytes()) {
            throw new TransientFailure(file.name() + " was truncated after " + done + " of " + file.bytes() + " bytes");
        }
    }

    private boolean continues(Body body) {
        String range = body.headers().firstValue("Content-Range").orElse("");
        String expected = "bytes " + done + "-" + (file.bytes() - 1) + "/";
        return body.status() == 206
                && done > 0
                && (range.equals(expected + file.bytes()) || range.equals(expected + "*"));
    }

    private void copy(InputStream from, FileChannel to) throws IOException, TransientFailure {
        for (int count = read(from); count >= 0; count = read(from)) {
            if (count > file.bytes() - done) {
                throw mismatch(file.bytes() + " bytes", "more");
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
            while (bytes.hasRemaining()) {
                to.write(bytes, done + bytes.position());
            }
            digest.update(buffer, count);
            done += count;
            progress.update(file.name(), done, file.bytes());
        }
    }

    /** Reads from the network, whose errors are transient, unlike those of the disk. */
    private int read(InputStream from) throws TransientFailure {
        try {
            return from.read(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw new TransientFailure(
                    file.name() + " was interrupted after " + done + " of " + file.bytes() + " bytes", e);
        }
    }

    private void verify() throws IOException {
        String got = digest.value();
        if (!got.equals(file.etag())) {
            throw mismatch(digest.name() + " " + file.etag(), got);
        }
    }

    private HubException mismatch(String expected, String got) throws IOException {
        Files.delete(partial);
        return new HubException(file.name() + " differs from what the hub announced: expected " + expected + ", got "
                + got + "; it was deleted, and the next pull starts from the beginning");
    }
}
