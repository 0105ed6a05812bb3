package da3.video;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** An encoder or a decoder, with the packet and the frame that it is given and gives. */
final class Codec implements AutoCloseable {

    final AVCodecContext context;
    final AVPacket packet;
    final AVFrame frame;
    private final Path file;

    /**
     * Not open yet: its context can be set up.
     *
     * @param noMemory how the sentence goes on after the file's name where there is none
     */
    Codec(AVCodec format, Path file, String noMemory) throws VideoException {
        this.file = file;
        context = avcodec.avcodec_alloc_context3(format);
        packet = avcodec.av_packet_alloc();
        frame = avutil.av_frame_alloc();
        if (context == null || packet == null || frame == null) {
            close();
            throw new VideoException(file, noMemory);
        }
    }

    /** @param refused how the sentence goes on after the file's name where that fails */
    void open(String refused) throws VideoException {
        Ffmpeg.check(avcodec.avcodec_open2(context, context.codec(), (AVDictionary) null), file, refused);
    }

    /** A second call does nothing: freeing makes the pointers null, and of null there is nothing to free. */
    @Override
    public void close() {
        avutil.av_frame_free(frame);
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(context);
    }
}
