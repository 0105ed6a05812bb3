package da3.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Image;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;

class FramePixelsTest {

    /** FFmpeg frees the previous scaler if it cannot create the next one; freeing it twice would crash the process. */
    @Test
    void afterAFrameThatCannotBeConvertedOthersStillCan() throws VideoException {
        Ffmpeg.disableLog();
        AVFrame frame = avutil.av_frame_alloc();
        AVFrame opaque = avutil.av_frame_alloc();
        FramePixels pixels = new FramePixels(Path.of("some.mp4"));
        try {
            frame.format(avutil.AV_PIX_FMT_YUV420P).width(32).height(16);
            assertThat(avutil.av_frame_get_buffer(frame, 0)).isZero();
            opaque.format(avutil.AV_PIX_FMT_CUDA).width(32).height(16);
            pixels.fill(frame, new Image(32, 16, new byte[3 * 32 * 16]));
            assertThatThrownBy(() -> pixels.image(opaque, 32, 16))
                    .isInstanceOf(VideoException.class)
                    .hasMessage("some.mp4 has frames in a format that cannot be converted to RGB");
            assertThat(pixels.image(frame, 32, 16).width()).isEqualTo(32);
        } finally {
            pixels.close();
            pixels.close();
            avutil.av_frame_free(frame);
            avutil.av_frame_free(opaque);
        }
    }
}
