package da3.streaming.frame;

import da3.geometry.Image;
import da3.geometry.Pose;
import da3.geometry.image.PixelTransform;
import da3.geometry.rig.Rectification;
import da3.geometry.rig.Rig;
import da3.geometry.rig.RigCamera;
import da3.io.Images;
import da3.io.rig.RigImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The frames of a rig, instant after instant, each with the frames of all cameras in the order of the rig. Frames are
 * undistorted, and cropped to one size, which a window needs.
 */
final class RigFrames implements FrameSource {

    private final Rig rig;
    private final List<RigImages> instants;
    private final Optional<GivenPoses> poses;

    /** @param poses poses of the rig by number of the instant, if known */
    RigFrames(Rig rig, List<RigImages> instants, Optional<GivenPoses> poses) {
        this.rig = rig;
        this.instants = List.copyOf(instants);
        this.poses = poses;
    }

    @Override
    public FrameStream open() {
        return new FrameStream() {
            private final Deque<Frame> read = new ArrayDeque<>();
            private final Map<List<Integer>, Rectification> rectifications = new HashMap<>();
            private int next;

            @Override
            public Optional<Frame> next() throws IOException {
                if (read.isEmpty() && next < instants.size()) {
                    read.addAll(frames(next, instants.get(next), rectifications)); // all or none of an instant
                    next++;
                }
                return Optional.ofNullable(read.poll());
            }

            @Override
            public void skip(int count) throws IOException {
                int rest = count;
                while (rest > 0 && !read.isEmpty()) {
                    read.remove();
                    rest--;
                }
                next = (int) Math.min(instants.size(), (long) next + rest / rig.size());
                for (int i = 0; i < rest % rig.size() && next().isPresent(); i++) {
                    // a part of an instant is read and left out
                }
            }

            @Override
            public void close() {}
        };
    }

    private List<Frame> frames(int instant, RigImages images, Map<List<Integer>, Rectification> rectifications)
            throws IOException {
        Optional<Pose> rigFromWorld = poses.flatMap(given -> given.of(instant, instant));
        List<Frame> frames = new ArrayList<>();
        for (int c = 0; c < rig.size(); c++) {
            RigCamera camera = rig.cameras().get(c);
            Path file = images.files().get(c);
            Image image = Images.read(file);
            Rectification rectification = rectifications.computeIfAbsent(
                    List.of(c, image.width(), image.height()),
                    size -> camera.rectification(image.width(), image.height()));
            frames.add(new Frame(
                    (long) instant * rig.size() + c,
                    instant,
                    camera.name() + "/" + file.getFileName(),
                    rectification.apply(image),
                    Optional.of(rectification.intrinsics()),
                    rigFromWorld.map(pose -> camera.sensorFromRig().compose(pose)),
                    rectification.mask()));
        }
        int width =
                frames.stream().mapToInt(frame -> frame.image().width()).min().orElseThrow();
        int height =
                frames.stream().mapToInt(frame -> frame.image().height()).min().orElseThrow();
        return frames.stream().map(frame -> cropped(frame, width, height)).toList();
    }

    /** Returns the center of a frame. */
    private static Frame cropped(Frame frame, int width, int height) {
        Image image = frame.image();
        int left = (image.width() - width) / 2;
        int top = (image.height() - height) / 2;
        return frame.resized(image.cropped(left, top, width, height), new PixelTransform(1, 1, left, top));
    }

    @Override
    public String description() {
        CRC32C crc = new CRC32C();
        crc.update(rig.toString().getBytes(StandardCharsets.UTF_8));
        String first = instants.isEmpty()
                ? "none"
                : instants.get(0).files().get(0).getFileName().toString();
        return "rig " + Long.toHexString(crc.getValue()) + ", images from " + first
                + poses.map(given -> ", " + given.description()).orElse("");
    }

    @Override
    public boolean hasPoses() {
        return poses.isPresent();
    }
}
