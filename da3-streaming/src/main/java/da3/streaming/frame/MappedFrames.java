package da3.streaming.frame;

import java.io.IOException;
import java.util.Optional;

/** A source that changes the frames of another one, without leaving any out. */
abstract class MappedFrames implements FrameSource {

    private final FrameSource source;

    MappedFrames(FrameSource source) {
        this.source = source;
    }

    abstract Frame map(Frame frame) throws IOException;

    /** Returns what the description of this source adds to that of the other one. */
    abstract String change();

    @Override
    public FrameStream open() throws IOException {
        FrameStream frames = source.open();
        return new FrameStream() {
            @Override
            public Optional<Frame> next() throws IOException {
                Optional<Frame> frame = frames.next();
                return frame.isPresent() ? Optional.of(map(frame.get())) : frame;
            }

            @Override
            public void skip(int count) throws IOException {
                frames.skip(count);
            }

            @Override
            public void close() throws IOException {
                frames.close();
            }
        };
    }

    @Override
    public String description() {
        return source.description() + ", " + change();
    }

    @Override
    public boolean repeatable() {
        return source.repeatable();
    }

    @Override
    public boolean hasPoses() {
        return source.hasPoses();
    }
}
