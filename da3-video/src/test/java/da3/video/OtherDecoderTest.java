package da3.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import da3.geometry.Image;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jcodec.api.FrameGrab;
import org.jcodec.common.Codec;
import org.jcodec.common.DemuxerTrackMeta;
import org.jcodec.common.io.FileChannelWrapper;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.model.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decodes written videos with JCodec, which shares no code with FFmpeg. */
class OtherDecoderTest {

    private static final int WIDTH = 80;
    private static final int HEIGHT = 62;
    private static final int FRAMES = 30;

    @TempDir
    private Path folder;

    @Test
    void anotherDecoderFindsEveryFrame() throws Exception {
        Path file = folder.resolve("flight.mp4");
        try (VideoWriter writer = VideoWriter.create(file, WIDTH, HEIGHT, VideoOptions.defaults())) {
            for (int i = 0; i < FRAMES; i++) {
                writer.write(frame(i));
            }
            writer.commit();
        }
        try (FileChannelWrapper channel = NIOUtils.readableChannel(file.toFile())) {
            FrameGrab grab = FrameGrab.createFrameGrab(channel);
            DemuxerTrackMeta track = grab.getVideoTrack().getMeta();
            assertThat(track.getCodec()).isEqualTo(Codec.H264);
            assertThat(track.getTotalFrames()).isEqualTo(FRAMES);
            assertThat(track.getTotalDuration()).isCloseTo(FRAMES / 24.0, within(1e-3));
            assertThat(track.getVideoCodecMeta().getSize().getWidth()).isEqualTo(WIDTH);
            assertThat(track.getVideoCodecMeta().getSize().getHeight()).isEqualTo(HEIGHT);
            for (int i = 0; i < FRAMES; i++) {
                assertThat(error(grab.getNativeFrame(), frame(i)))
                        .as("frame %d", i)
                        .isLessThan(4);
            }
            assertThat(grab.getNativeFrame()).isNull();
        }
    }

    @Test
    void aFullDiskIsReported() throws Exception {
        Path full = Path.of("/dev/full");
        assumeThat(Files.isWritable(full)).isTrue();
        Path file = Path.of("flight.mp4");
        assertThatThrownBy(() -> {
                    try (VideoEncoder encoder = VideoEncoder.open(file, full, WIDTH, HEIGHT, VideoOptions.defaults())) {
                        encoder.write(frame(0));
                        encoder.finish();
                    }
                })
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("flight.mp4 cannot be written (No space left on device)");
    }

    /** Returns a gray frame, which luma describes completely: a bright square that moves over a ramp. */
    private static Image frame(int number) {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % WIDTH;
            int y = i / 3 / WIDTH;
            boolean square = x >= number && x < number + 20 && y >= number && y < number + 20;
            rgb[i] = (byte) (square ? 230 : 40 + x);
        }
        return new Image(WIDTH, HEIGHT, rgb);
    }

    /** Returns the mean absolute difference in levels; luma 16 to 235 means 0 to 255. */
    private static double error(Picture picture, Image expected) {
        // samples are stored minus 128
        byte[] luma = picture.getPlaneData(0);
        int stride = picture.getPlaneWidth(0);
        double sum = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double level = (luma[y * stride + x] + 128 - 16) * 255.0 / 219;
                sum += Math.abs(level - expected.channel(x, y, 0));
            }
        }
        return sum / (WIDTH * HEIGHT);
    }
}
