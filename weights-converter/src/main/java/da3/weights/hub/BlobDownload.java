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
 * One file on its way into the cache. What has arrived is kept for the next attempt or the next pull; what is known to
 * be wrong is deleted.
 */
final class BlobDownload {

    private static final int BUFFER = 1 << 17;

    /** As much new as this makes up for earlier failures; less could go on for ever. */
    private static final long PROGRESS = 1L << 20;

    private final RemoteFile file;
    private final Path partial;
    private final HubHttp http;
    private final HubEnvironment environment;
    private final HubProgress progress;
    private final BlobDigest digest;
    private final byte[] buffer = new byte[BUFFER];

    /** Bytes that are both on disk and in the digest. */
    private long done;

    private long farthest;

    BlobDownload(RemoteFile file, Path partial, HubHttp http, HubEnvironment environment, HubProgress progress) {
        this.file = file;
        this.partial = partial;
        this.http = http;
        this.environment = environment;
        this.progress = progress;
        this.digest = file.digest();
    }

    /**
     * Fills the partial file until it is whole and verified.
     *
     * @throws HubException if the server refuses or lies, or the disk does not take it
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
                    if (done >= farthest + PROGRESS) {
                        farthest = done;
                        retryPolicy.progressed();
                    }
                    retryPolicy.failed(e);
                }
            }
            verify();
            channel.force(true);
            if (channel.size() != file.bytes()) {
                throw wrong(file.bytes() + " bytes", channel.size() + " bytes, since someone else wrote to it");
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
        farthest = done;
        progress.at(file.name(), done, file.bytes());
    }

    private void restart(FileChannel channel) throws IOException {
        channel.truncate(0);
        digest.restart();
        done = 0;
        progress.at(file.name(), 0, file.bytes());
    }

    private void receive(FileChannel channel) throws IOException, TransientFailure {
        try (Body body = http.get(file.uri(), done, file.name())) {
            if (body.status() == 200 && done > 0) {
                restart(channel);
            }
            if (body.status() != 200 && !continues(body)) {
                restart(channel);
                throw new TransientFailure(
                        "the server has no bytes of " + file.name() + " that fit those that are here");
            }
            Optional<Long> length = body.headers().firstValue("Content-Length").flatMap(HeaderValues::size);
            if (length.isPresent() && length.get() != file.bytes() - done) {
                throw wrong(file.bytes() + " bytes", done + length.get() + " bytes");
            }
            copy(body.stream(), channel);
        }
        if (done < file.bytes()) {
            throw new TransientFailure(file.name() + " was cut off after " + done + " of " + file.bytes() + " bytes");
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
                throw wrong(file.bytes() + " bytes", "more");
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
            while (bytes.hasRemaining()) {
                to.write(bytes, done + bytes.position());
            }
            digest.update(buffer, count);
            done += count;
            progress.at(file.name(), done, file.bytes());
        }
    }

    /** An error of the network, unlike one of the disk, may pass. */
    private int read(InputStream from) throws TransientFailure {
        try {
            return from.read(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw new TransientFailure(file.name() + " broke off after " + done + " of " + file.bytes() + " bytes", e);
        }
    }

    private void verify() throws IOException {
        String got = digest.value();
        if (!got.equals(file.etag())) {
            throw wrong(digest.name() + " " + file.etag(), got);
        }
    }

    private HubException wrong(String expected, String got) throws IOException {
        Files.delete(partial);
        return new HubException(file.name() + " is not the file that the hub announced: expected " + expected + ", got "
                + got + "; it was deleted, and the next pull starts anew");
    }
}
