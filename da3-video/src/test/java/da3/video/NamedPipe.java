package da3.video;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A named pipe into which a thread writes bytes. */
final class NamedPipe implements AutoCloseable {

    final Path path;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private NamedPipe(Path path) {
        this.path = path;
    }

    static NamedPipe create(Path path) throws IOException, InterruptedException {
        int code = new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
        if (code != 0) {
            throw new IOException("mkfifo " + path + " failed");
        }
        return new NamedPipe(path);
    }

    /** Writes bytes and closes the pipe. */
    void write(byte[] bytes) {
        end.complete(null);
        writeAndStall(bytes);
    }

    /** Writes bytes and leaves the pipe open until {@link #close}. */
    void writeAndStall(byte[] bytes) {
        Thread writer = new Thread(() -> {
            try (OutputStream out = new FileOutputStream(path.toFile())) {
                out.write(bytes);
                out.flush();
                end.join();
            } catch (IOException e) {
                // the reader has closed the pipe
            }
        });
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void close() {
        end.complete(null);
    }
}
