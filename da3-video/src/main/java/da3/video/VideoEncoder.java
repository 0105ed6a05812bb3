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

/** Encodes H.264 videos in MP4 files. Sides of the frames are even. */
final class VideoEncoder implements AutoCloseable {

    /** Maximum denominator of a frame rate; allows the exact 24000/1001 of film. */
    private static final int MAX_DENOMINATOR = 1001 * 1000;

    /** Players can seek to key frames. */
    private static final double SECONDS_BETWEEN_KEY_FRAMES = 2;

    private static final String NOT_WRITABLE = "cannot be written";
    private static final String OUT_OF_MEMORY = NOT_WRITABLE + ": out of memory";

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
     * Opens the encoder and writes the header.
     *
     * @param file the file that error messages name
     * @param at the file that is written
     */
    static VideoEncoder open(Path file, Path at, int width, int height, VideoOptions options) throws VideoException {
        Ffmpeg.disableLog();
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
                avcodec.avcodec_find_encoder_by_name("libopenh264"),
                file,
                NOT_WRITABLE + ": this FFmpeg has no openh264");
        codec = new Codec(h264, file, OUT_OF_MEMORY);
        AVRational rate = avutil.av_d2q(options.framesPerSecond(), MAX_DENOMINATOR);
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
        codec.open(NOT_WRITABLE);
        codec.frame
                .format(context.pix_fmt())
                .width(width)
                .height(height)
                .colorspace(context.colorspace())
                .color_range(context.color_range());
        Ffmpeg.check(avutil.av_frame_get_buffer(codec.frame, 0), file, OUT_OF_MEMORY);
    }

    private void openFile(Path at) throws VideoException {
        container = new AVFormatContext(null);
        String url = Ffmpeg.url(at);
        Ffmpeg.check(avformat.avformat_alloc_output_context2(container, null, "mp4", url), file, NOT_WRITABLE);
        stream = Ffmpeg.required(avformat.avformat_new_stream(container, null), file, OUT_OF_MEMORY);
        Ffmpeg.check(avcodec.avcodec_parameters_from_context(stream.codecpar(), codec.context), file, NOT_WRITABLE);
        stream.time_base(codec.context.time_base()).avg_frame_rate(codec.context.framerate());
        bytes = new AVIOContext(null);
        Ffmpeg.check(avformat.avio_open(bytes, url, avformat.AVIO_FLAG_WRITE), file, NOT_WRITABLE);
        container.pb(bytes);
        AVDictionary options = new AVDictionary(null);
        try {
            avutil.av_dict_set(options, "movflags", "+faststart", 0);
            Ffmpeg.check(avformat.avformat_write_header(container, options), file, NOT_WRITABLE);
        } finally {
            avutil.av_dict_free(options);
        }
    }

    void write(Image image) throws VideoException {
        // the encoder can still refer to the pixels of the previous frame
        Ffmpeg.check(avutil.av_frame_make_writable(codec.frame), file, OUT_OF_MEMORY);
        pixels.fill(codec.frame, image);
        codec.frame.pts(frames++);
        Ffmpeg.check(avcodec.avcodec_send_frame(codec.context, codec.frame), file, NOT_WRITABLE);
        writePackets();
    }

    void finish() throws VideoException {
        if (frames == 0) {
            throw new VideoException(file, NOT_WRITABLE + ": it has no frames");
        }
        Ffmpeg.check(avcodec.avcodec_send_frame(codec.context, null), file, NOT_WRITABLE);
        writePackets();
        Ffmpeg.check(avformat.av_write_trailer(container), file, NOT_WRITABLE);
        int closed = avformat.avio_closep(bytes);
        bytes = null;
        Ffmpeg.check(closed, file, NOT_WRITABLE);
    }

    private void writePackets() throws VideoException {
        AVPacket packet = codec.packet;
        while (true) {
            int received = avcodec.avcodec_receive_packet(codec.context, packet);
            if (received == avutil.AVERROR_EAGAIN() || received == avutil.AVERROR_EOF) {
                return;
            }
            Ffmpeg.check(received, file, NOT_WRITABLE);
            avcodec.av_packet_rescale_ts(packet, codec.context.time_base(), stream.time_base());
            packet.stream_index(stream.index());
            if (packet.duration() == 0) {
                packet.duration(avutil.av_rescale_q(1, codec.context.time_base(), stream.time_base()));
            }
            // takes ownership of the packet even on failure
            Ffmpeg.check(avformat.av_interleaved_write_frame(container, packet), file, NOT_WRITABLE);
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
