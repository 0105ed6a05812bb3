package da3.server.tasks;

import da3.io.Images;
import da3.streaming.frame.Frame;
import da3.streaming.frame.FrameSource;
import da3.streaming.frame.FrameStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Image files as the frames of a stream, in the order of a list. Their times are their numbers. */
record ImageFrames(List<Path> files) implements FrameSource {

    @Override
    public FrameStream open() {
        List<String> names = InputHeaders.names(files);
        return new FrameStream() {
            private int next;

            @Override
            public Optional<Frame> next() throws IOException {
                if (next == files.size()) {
                    return Optional.empty();
                }
                int number = next++;
                return Optional.of(new Frame(number, number, names.get(number), Images.read(files.get(number))));
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
        return files.size() + " images";
    }
}
