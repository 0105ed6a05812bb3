package da3.video;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** An FFmpeg encoder or decoder with its reusable packet and frame. */
final class Codec implements AutoCloseable {

    final AVCodecContext context;
    final AVPacket packet;
    final AVFrame frame;
    private final Object source;

    /**
     * Allocates a codec whose context can be configured before {@link #open}.
     *
     * @param outOfMemory predicate of the error message after the source
     */
    Codec(AVCodec format, Object source, String outOfMemory) throws VideoException {
        this.source = source;
        context = avcodec.avcodec_alloc_context3(format);
        packet = avcodec.av_packet_alloc();
        frame = avutil.av_frame_alloc();
        if (context == null || packet == null || frame == null) {
            close();
            throw new VideoException(source, outOfMemory);
        }
    }

    /** @param failure predicate of the error message after the source */
    void open(String failure) throws VideoException {
        Ffmpeg.check(avcodec.avcodec_open2(context, context.codec(), (AVDictionary) null), source, failure);
    }

    /** Frees native memory. A second call does nothing, because freeing sets the pointers to null. */
    @Override
    public void close() {
        avutil.av_frame_free(frame);
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(context);
    }
}
