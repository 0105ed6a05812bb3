package da3.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Decodes a live video on one thread. Damaged frames are left out, since a receiver can begin in the middle of a stream.
 * Another thread can {@link #stop} it at any time; what has arrived by then is still decoded.
 */
class LiveDecoder implements AutoCloseable {

    private static final int PIPE_BUFFER = 1 << 16; // bytes

    /** Time to find out what a stream contains, in microseconds. */
    private static final String ANALYSIS = "1000000";

    /** Protocols of URLs. Files are excluded, to which playlists from the network could refer. */
    private static final String PROTOCOLS =
            "http,https,httpproxy,crypto,tcp,tls,udp,udplite,dtls,rtp,srtp,rtmp,rtmpe,rtmps,rtmpt,rtmpte,rtmpts,srt";

    private static final long POLL_MILLIS = 5;

    private final LiveInput input;
    private final PipeBytes pipe; // null for cameras and URLs
    private final Interrupt interrupt = new Interrupt(); // referenced as long as FFmpeg calls it
    private volatile boolean stopped;
    private AVFormatContext container;
    private AVIOContext pipeContext;
    private VideoStream stream;
    private Codec codec;
    private boolean atEnd;
    private Optional<String> failure = Optional.empty();

    LiveDecoder(LiveInput input) {
        this.input = input;
        boolean piped = input.kind() == LiveInput.Kind.NAMED_PIPE || input.kind() == LiveInput.Kind.STANDARD_INPUT;
        pipe = piped ? new PipeBytes(input) : null;
    }

    /** Tells FFmpeg whether to stop waiting. */
    private final class Interrupt extends AVIOInterruptCB.Callback_Pointer {
        @Override
        public int call(Pointer opaque) {
            return stopped ? 1 : 0;
        }
    }

    /**
     * Opens the source and waits until it is known what the stream contains.
     *
     * @throws IOException if there is no such source, or its data is no video
     */
    void open() throws IOException {
        if (input.kind() != LiveInput.Kind.URL
                && input.kind() != LiveInput.Kind.STANDARD_INPUT
                && !Files.exists(Path.of(input.address()))) {
            throw new NoSuchFileException(input.address(), null, "does not exist");
        }
        Ffmpeg.disableLog();
        // These can fail, so they come before the context: only avformat_open_input frees it on failure.
        AVInputFormat format = input.kind() == LiveInput.Kind.CAMERA ? cameraFormat() : null;
        if (pipe != null) {
            pipe.open();
        }
        AVFormatContext context =
                Ffmpeg.required(avformat.avformat_alloc_context(), input, "needs more memory than is available");
        context.interrupt_callback().callback(interrupt);
        if (format != null) {
            context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_NONBLOCK);
        }
        if (pipe != null) {
            pipeContext = avformat.avio_alloc_context(
                    new BytePointer(avutil.av_malloc(PIPE_BUFFER)), PIPE_BUFFER, 0, null, pipe, null, null);
            context.pb(pipeContext);
        }
        AVDictionary options = new AVDictionary(null);
        try {
            avutil.av_dict_set(options, "protocol_whitelist", pipe == null ? PROTOCOLS : "none", 0);
            avutil.av_dict_set(options, "analyzeduration", ANALYSIS, 0);
            avutil.av_dict_set(options, "fpsprobesize", "0", 0);
            String url = pipe == null ? input.address() : "";
            Ffmpeg.check(avformat.avformat_open_input(context, url, format, options), input, "cannot be opened");
        } finally {
            avutil.av_dict_free(options);
        }
        container = context;
        stream = VideoStream.of(container, input);
        codec = stream.openDecoder(AVCodecContext.FF_THREAD_SLICE);
    }

    private AVInputFormat cameraFormat() throws VideoException {
        try {
            avdevice.avdevice_register_all();
        } catch (LinkageError e) {
            throw new VideoException(input, "cannot be opened: FFmpeg's library of devices needs " + e.getMessage());
        }
        return Ffmpeg.required(
                avformat.av_find_input_format("v4l2"), input, "cannot be opened: cameras need V4L2, that is Linux");
    }

    VideoStream stream() {
        return stream;
    }

    /** Returns the next frame, valid until the next call, or null at the end. */
    AVFrame next() throws IOException {
        while (true) {
            int received = avcodec.avcodec_receive_frame(codec.context, codec.frame);
            if (received == 0) {
                return codec.frame;
            }
            if (received == avutil.AVERROR_EOF || atEnd && received < 0) {
                return null;
            }
            feed();
        }
    }

    /** Sends the next packet to the decoder, or the end of the stream. */
    private void feed() throws IOException {
        AVPacket packet = codec.packet;
        while (!atEnd) {
            int read = avformat.av_read_frame(container, packet);
            if (read == avutil.AVERROR_EAGAIN() && !stopped) {
                pause();
                continue;
            }
            boolean camera = input.kind() == LiveInput.Kind.CAMERA; // has frames without end
            if (read < 0 || stopped && camera) {
                atEnd = true;
                failure = stopped || read == avutil.AVERROR_EOF ? failure : Optional.of(Ffmpeg.reason(read));
                avcodec.avcodec_send_packet(codec.context, null);
            } else if (packet.stream_index() == stream.stream.index()) {
                avcodec.avcodec_send_packet(codec.context, packet); // a damaged packet gives no frame
                avcodec.av_packet_unref(packet);
                return;
            }
            avcodec.av_packet_unref(packet);
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            throw new IOException("waiting for a frame was interrupted", e);
        }
    }

    /** Returns what FFmpeg says about the failure that ended the stream; empty if it ended regularly. */
    Optional<String> failure() {
        return failure;
    }

    /** Ends the stream, from any thread. To be repeated until the decoding thread has ended. */
    void stop() throws IOException {
        stopped = true;
        if (pipe != null) {
            pipe.end();
        }
    }

    @Override
    public void close() throws IOException {
        if (codec != null) {
            codec.close();
        }
        if (container != null) {
            avformat.avformat_close_input(container);
        }
        if (pipeContext != null) {
            avutil.av_free(pipeContext.buffer()); // may be another one than was allocated
            avformat.avio_context_free(pipeContext);
        }
        if (pipe != null) {
            pipe.close();
        }
        interrupt.close();
    }
}
