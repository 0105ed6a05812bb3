package da3.video;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** The best video stream of an open container. The container belongs to the caller. */
final class VideoStream {

    /** As for images: enough for the largest cameras. */
    static final long MAX_PIXELS = 100_000_000;

    static final String DAMAGED = "is damaged or truncated";
    private static final String OUT_OF_MEMORY = "needs more memory than is available";

    final AVStream stream;
    private final AVFormatContext container;
    private final Object source;

    private VideoStream(AVFormatContext container, AVStream stream, Object source) {
        this.container = container;
        this.stream = stream;
        this.source = source;
    }

    /**
     * Finds the stream.
     *
     * @param source path of the file, or name of the stream
     */
    static VideoStream of(AVFormatContext container, Object source) throws VideoException {
        Ffmpeg.check(avformat.avformat_find_stream_info(container, (AVDictionary) null), source, DAMAGED);
        int best = avformat.av_find_best_stream(container, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        if (best < 0) {
            throw new VideoException(source, "has no video stream or is truncated before it");
        }
        return new VideoStream(container, container.streams(best), source);
    }

    /**
     * Opens a decoder of the stream.
     *
     * @param threads kinds of threads, {@code FF_THREAD_FRAME} and {@code FF_THREAD_SLICE}; the former delay frames
     */
    Codec openDecoder(int threads) throws VideoException {
        AVCodec format = Ffmpeg.required(
                avcodec.avcodec_find_decoder(stream.codecpar().codec_id()),
                source,
                "has a codec that this build of FFmpeg does not support");
        requireSize(source, stream.codecpar().width(), stream.codecpar().height());
        Codec codec = new Codec(format, source, OUT_OF_MEMORY);
        try {
            Ffmpeg.check(avcodec.avcodec_parameters_to_context(codec.context, stream.codecpar()), source, DAMAGED);
            codec.context.thread_count(0); // one for each processor
            codec.context.thread_type(threads);
            codec.context.max_pixels(MAX_PIXELS); // later frames can be larger
            codec.open("cannot be decoded");
            return codec;
        } catch (VideoException e) {
            codec.close();
            throw e;
        }
    }

    /** Checks the size of frames before memory is allocated for them. */
    static void requireSize(Object source, long width, long height) throws VideoException {
        if (width * height > MAX_PIXELS) {
            throw new VideoException(
                    source, "must have frames of at most " + MAX_PIXELS + " pixels, got " + width + "x" + height);
        }
    }

    /** Returns the average frame rate, or the codec's if that is unknown, or 0 if neither is known. */
    double framesPerSecond() {
        AVRational average = stream.avg_frame_rate();
        AVRational rate = average.num() > 0 && average.den() > 0
                ? average
                : avformat.av_guess_frame_rate(container, stream, null);
        return rate.den() == 0 ? 0 : avutil.av_q2d(rate);
    }

    /** Returns the unit of time stamps in seconds. */
    double timeBase() {
        return avutil.av_q2d(stream.time_base());
    }

    Upright upright() {
        return Upright.of(stream.codecpar());
    }

    /** Returns the ratio of width to height of a frame's pixels. */
    double pixelAspect(AVFrame frame) {
        AVRational aspect = avformat.av_guess_sample_aspect_ratio(container, stream, frame);
        return aspect.num() <= 0 || aspect.den() <= 0 ? 1 : avutil.av_q2d(aspect);
    }
}
