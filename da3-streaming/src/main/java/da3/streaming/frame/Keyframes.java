package da3.streaming.frame;

import da3.geometry.check.Check;
import da3.streaming.frame.PointTracker.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Frames with enough motion: corners of the last keyframe are tracked from frame to frame, and the next keyframe is the
 * first frame in which their median displacement reaches a fraction of the image width, or in which too few of them are
 * left. The first frame is a keyframe. Rotation counts as motion, since it also uncovers new surfaces.
 */
final class Keyframes implements FrameSource {

    /** Fewer corners than this determine no motion. */
    private static final int MIN_CORNERS = 8;

    /** Fraction of the corners that must still be visible. */
    private static final double MIN_VISIBLE = 0.4;

    /** Mean difference in gray levels at which an image with too few corners counts as changed. */
    private static final double CHANGED = 2;

    private final FrameSource source;
    private final double minMotion;

    Keyframes(FrameSource source, double minMotion) {
        this.source = source;
        this.minMotion = Check.positive("minimum motion of keyframes", minMotion);
    }

    @Override
    public FrameStream open() throws IOException {
        FrameStream frames = source.open();
        return new FrameStream() {
            private final Selection selection = new Selection();

            @Override
            public Optional<Frame> next() throws IOException {
                Optional<Frame> frame = frames.next();
                while (frame.isPresent()
                        && !selection.accepts(GrayPyramid.of(frame.get().image()))) {
                    frame = frames.next();
                }
                return frame;
            }

            @Override
            public void close() throws IOException {
                frames.close();
            }
        };
    }

    @Override
    public String description() {
        return source.description() + ", keyframes at a motion of " + minMotion;
    }

    @Override
    public boolean repeatable() {
        return source.repeatable();
    }

    @Override
    public boolean hasPoses() {
        return source.hasPoses();
    }

    /** Decides frame by frame. */
    private final class Selection {
        private GrayPyramid keyframe;
        private GrayPyramid last;
        private List<Point> corners = List.of(); // in the keyframe
        private List<Point> tracked = List.of(); // in the last frame
        private int initial;

        boolean accepts(GrayPyramid image) {
            boolean accepted = keyframe == null
                    || keyframe.finest().values().length != image.finest().values().length
                    || (initial < MIN_CORNERS ? keyframe.difference(image) >= CHANGED : moves(image));
            last = image;
            if (accepted) {
                keyframe = image;
                corners = PointTracker.corners(image);
                tracked = corners;
                initial = corners.size();
            }
            return accepted;
        }

        /** Tracks the corners to the next frame. */
        private boolean moves(GrayPyramid image) {
            List<Point> visible = new ArrayList<>();
            List<Point> found = new ArrayList<>();
            for (int i = 0; i < tracked.size(); i++) {
                Optional<Point> position = PointTracker.track(last, image, tracked.get(i));
                if (position.isPresent()) {
                    visible.add(corners.get(i));
                    found.add(position.get());
                }
            }
            corners = visible;
            tracked = found;
            return found.size() < MIN_VISIBLE * initial
                    || median(visible, found) >= minMotion * image.finest().width();
        }

        private double median(List<Point> from, List<Point> to) {
            double[] lengths = new double[from.size()];
            for (int i = 0; i < lengths.length; i++) {
                lengths[i] = Math.hypot(
                        to.get(i).x() - from.get(i).x(),
                        to.get(i).y() - from.get(i).y());
            }
            Arrays.sort(lengths);
            return lengths[lengths.length / 2];
        }
    }
}
