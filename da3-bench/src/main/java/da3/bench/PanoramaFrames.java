package da3.bench;

import da3.geometry.Image;
import da3.geometry.math.Vec3;
import da3.streaming.frame.Frame;
import da3.streaming.frame.FrameSource;
import da3.streaming.frame.FrameStream;
import da3.synthetic.Color;
import da3.synthetic.Texture;
import java.util.Locale;
import java.util.Optional;

/**
 * Frames of a camera that turns around in front of a painted wall: parts of a panorama of noise, which cost nothing to
 * compute. Every turn shows the same images again.
 *
 * @param frames number of frames
 * @param width width of a frame in pixels
 * @param panorama the panorama, of the height of the frames
 */
record PanoramaFrames(int frames, int width, Image panorama) implements FrameSource {

    /** Frames of a turn. */
    private static final int TURN = 1024;

    /** Pixels between consecutive frames. */
    private static final int STEP = 4;

    private static final double FRAMES_PER_SECOND = 10;

    static PanoramaFrames of(int frames, int width, int height) {
        Texture texture = new Texture.Mottled(Color.srgb(0x203040), Color.srgb(0xf0e0c0), 0.25, 6, 1);
        byte[] rgb = new byte[3 * TURN * STEP * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < TURN * STEP; x++) {
                Color color = texture.color(new Vec3((double) x / height, (double) y / height, 0));
                int i = 3 * (y * TURN * STEP + x);
                rgb[i] = (byte) Math.round(255 * color.red());
                rgb[i + 1] = (byte) Math.round(255 * color.green());
                rgb[i + 2] = (byte) Math.round(255 * color.blue());
            }
        }
        return new PanoramaFrames(frames, width, new Image(TURN * STEP, height, rgb));
    }

    @Override
    public FrameStream open() {
        return new FrameStream() {
            private int next;

            @Override
            public Optional<Frame> next() {
                return next < frames ? Optional.of(frame(next++)) : Optional.empty();
            }

            @Override
            public void skip(int count) {
                next += count;
            }

            @Override
            public void close() {}
        };
    }

    private Frame frame(int number) {
        String name = String.format(Locale.ROOT, "frame_%06d.png", number);
        return new Frame(number, number / FRAMES_PER_SECOND, name, part(number % TURN * STEP));
    }

    private Image part(int left) {
        int height = panorama.height();
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = 3 * (y * panorama.width() + (left + x) % panorama.width());
                System.arraycopy(panorama.rgb(), from, rgb, 3 * (y * width + x), 3);
            }
        }
        return new Image(width, height, rgb);
    }

    @Override
    public String description() {
        return "panorama of " + frames + " frames";
    }
}
