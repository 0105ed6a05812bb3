package da3.video;

import da3.geometry.Image;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** H.264 in MP4, of even sizes. */
final class VideoEncoder implements AutoCloseable {

    /** Frame rates are fractions; with this the film's 24000/1001 is exact. */
    private static final int LARGEST_DENOMINATOR = 1001 * 1000;

    /** A player can jump to every so many seconds. */
    private static final double SECONDS_BETWEEN_KEY_FRAMES = 2;

    private static final String CANNOT = "cannot be written";
    private static final String NO_MEMORY = CANNOT + ": there is not enough memory";

    private final Path file;
    private final FramePixels pixels;
    private AVFormatContext container;
    private AVIOContext bytes;
    private Codec codec;
    private AVStream stream;
    private long frames;

    private VideoEncoder(Path file) {
        this.file = file;
        pixels = new FramePixels(file);
    }

    /**
     * @param file what errors call it
     * @param at where it is written
     */
    static VideoEncoder open(Path file, Path at, int width, int height, VideoOptions options) throws VideoException {
        Ffmpeg.beSilent();
        VideoEncoder encoder = new VideoEncoder(file);
        try {
            encoder.openCodec(width, height, options);
            encoder.openFile(at);
            return encoder;
        } catch (VideoException | RuntimeException | Error e) {
            encoder.close();
            throw e;
        }
    }

    private void openCodec(int width, int height, VideoOptions options) throws VideoException {
        AVCodec h264 = Ffmpeg.required(
                avcodec.avcodec_find_encoder_by_name("libopenh264"), file, CANNOT + ": this FFmpeg has no openh264");
        codec = new Codec(h264, file, NO_MEMORY);
        AVRational rate = avutil.av_d2q(options.framesPerSecond(), LARGEST_DENOMINATOR);
        AVCodecContext context = codec.context;
        context.width(width)
                .height(height)
                .pix_fmt(avutil.AV_PIX_FMT_YUV420P)
                .framerate(rate)
                .time_base(avutil.av_inv_q(rate))
                .gop_size((int) Math.max(1, Math.rint(SECONDS_BETWEEN_KEY_FRAMES * options.framesPerSecond())))
                .qmin(options.quality().quantizer())
                .qmax(options.quality().quantizer())
                .colorspace(avutil.AVCOL_SPC_BT709)
                .color_primaries(avutil.AVCOL_PRI_BT709)
                .color_trc(avutil.AVCOL_TRC_BT709)
                .color_range(avutil.AVCOL_RANGE_MPEG);
        context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        avutil.av_opt_set(context.priv_data(), "rc_mode", "quality", 0);
        codec.open(CANNOT);
        codec.frame
                .format(context.pix_fmt())
                .width(width)
                .height(height)
                .colorspace(context.colorspace())
                .color_range(context.color_range());
        Ffmpeg.check(avutil.av_frame_get_buffer(codec.frame, 0), file, NO_MEMORY);
    }

    private void openFile(Path at) throws VideoException {
        container = new AVFormatContext(null);
        String url = Ffmpeg.url(at);
        Ffmpeg.check(avformat.avformat_alloc_output_context2(container, null, "mp4", url), file, CANNOT);
        stream = Ffmpeg.required(avformat.avformat_new_stream(container, null), file, NO_MEMORY);
        Ffmpeg.check(avcodec.avcodec_parameters_from_context(stream.codecpar(), codec.context), file, CANNOT);
        stream.time_base(codec.context.time_base()).avg_frame_rate(codec.context.framerate());
        bytes = new AVIOContext(null);
        Ffmpeg.check(avformat.avio_open(bytes, url, avformat.AVIO_FLAG_WRITE), file, CANNOT);
        container.pb(bytes);
        AVDictionary options = new AVDictionary(null);
        try {
            avutil.av_dict_set(options, "movflags", "+faststart", 0);
            Ffmpeg.check(avformat.avformat_write_header(container, options), file, CANNOT);
        } finally {
            avutil.av_dict_free(options);
        }
    }

    void write(Image image) throws VideoException {
        // the encoder may still hold the last frame's pixels
        Ffmpeg.check(avutil.av_frame_make_writable(codec.frame), file, NO_MEMORY);
        pixels.fill(codec.frame, image);
        codec.frame.pts(frames++);
        Ffmpeg.check(avcodec.avcodec_send_frame(codec.context, codec.frame), file, CANNOT);
        writePackets();
    }

    void finish() throws VideoException {
        if (frames == 0) {
            throw new VideoException(file, CANNOT + ": it has no frames");
        }
        Ffmpeg.check(avcodec.avcodec_send_frame(codec.context, null), file, CANNOT);
        writePackets();
        Ffmpeg.check(avformat.av_write_trailer(container), file, CANNOT);
        int closed = avformat.avio_closep(bytes);
        bytes = null;
        Ffmpeg.check(closed, file, CANNOT);
    }

    private void writePackets() throws VideoException {
        AVPacket packet = codec.packet;
        while (true) {
            int received = avcodec.avcodec_receive_packet(codec.context, packet);
            if (received == avutil.AVERROR_EAGAIN() || received == avutil.AVERROR_EOF) {
                return;
            }
            Ffmpeg.check(received, file, CANNOT);
            avcodec.av_packet_rescale_ts(packet, codec.context.time_base(), stream.time_base());
            packet.stream_index(stream.index());
            if (packet.duration() == 0) {
                packet.duration(avutil.av_rescale_q(1, codec.context.time_base(), stream.time_base()));
            }
            // it takes the packet over, whatever comes of it
            Ffmpeg.check(avformat.av_interleaved_write_frame(container, packet), file, CANNOT);
        }
    }

    @Override
    public void close() {
        pixels.close();
        if (codec != null) {
            codec.close();
        }
        if (bytes != null && !bytes.isNull()) {
            avformat.avio_closep(bytes);
            bytes = null;
        }
        if (container != null && !container.isNull()) {
            avformat.avformat_free_context(container);
            container = null;
        }
    }
}
