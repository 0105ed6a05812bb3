package da3.streaming.frame;

import da3.io.Images;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The images of a folder, sorted by name. */
final class FolderFrames implements FrameSource {

    private final Path folder;

    FolderFrames(Path folder) {
        this.folder = folder;
    }

    @Override
    public FrameStream open() throws IOException {
        List<Path> files = Images.list(folder);
        return new FrameStream() {
            private int next;

            @Override
            public Optional<Frame> next() throws IOException {
                if (next >= files.size()) {
                    return Optional.empty();
                }
                int number = next++;
                Path file = files.get(number);
                return Optional.of(new Frame(number, number, file.getFileName().toString(), Images.read(file)));
            }

            @Override
            public void skip(int count) {
                next = (int) Math.min(files.size(), (long) next + count);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String description() {
        return "folder " + folder.toAbsolutePath().normalize().getFileName();
    }
}
