package da3.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** Decodes the frames of a file's best video stream, in presentation order. */
final class VideoDecoder implements AutoCloseable {

    /** FFmpeg's names of the supported containers. Playlists are excluded because they refer to other files. */
    private static final String CONTAINERS = "mov,matroska,webm,avi,flv,asf";

    private static final String DAMAGED = VideoStream.DAMAGED;

    private final Path file;
    private AVFormatContext container;
    private VideoStream stream;
    private Codec codec;
    private boolean atEnd;

    private VideoDecoder(Path file) {
        this.file = file;
    }

    static VideoDecoder open(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "does not exist");
        }
        if (Files.isDirectory(file)) {
            throw new VideoException(file, "is a directory, not a video");
        }
        Ffmpeg.disableLog();
        VideoDecoder decoder = new VideoDecoder(file);
        try {
            decoder.openStream();
            return decoder;
        } catch (IOException | RuntimeException | Error e) {
            decoder.close();
            throw e;
        }
    }

    private void openStream() throws IOException {
        AVDictionary options = new AVDictionary(null);
        AVFormatContext opened = new AVFormatContext(null);
        try {
            avutil.av_dict_set(options, "format_whitelist", CONTAINERS, 0);
            avutil.av_dict_set(options, "protocol_whitelist", "file", 0);
            Ffmpeg.check(
                    avformat.avformat_open_input(opened, Ffmpeg.url(file), null, options),
                    file,
                    "is damaged, truncated, or not a video of a supported format ("
                            + String.join(", ", VideoReader.EXTENSIONS) + ")");
        } finally {
            avutil.av_dict_free(options);
        }
        container = opened;
        stream = VideoStream.of(container, file);
        requireComplete();
        codec = stream.openDecoder(AVCodecContext.FF_THREAD_FRAME | AVCodecContext.FF_THREAD_SLICE);
    }

    /** Detects truncated files before decoding them. */
    private void requireComplete() throws IOException {
        long size = Files.size(file);
        long end = statedEnd(container.iformat().name().getString());
        if (end > size) {
            throw new VideoException(file, "is truncated: it must have at least " + end + " bytes, got " + size);
        }
    }

    /** Returns the minimum length that MP4, MOV, MKV and WebM files state; 0 for other formats. */
    private long statedEnd(String format) throws IOException {
        if (format.contains("matroska")) {
            return Matroska.end(file);
        }
        long end = 0;
        if (format.contains("mp4")) {
            for (int i = avformat.avformat_index_get_entries_count(stream.stream) - 1; i >= 0; i--) {
                AVIndexEntry entry = avformat.avformat_index_get_entry(stream.stream, i);
                end = Math.max(end, entry.pos() + entry.size());
            }
        }
        return end;
    }

    /** Returns the duration that the file states in seconds, or 0 if it states none. */
    double seconds() {
        long stated = stream.stream.duration();
        if (stated > 0) {
            return stated * stream.timeBase();
        }
        return Math.max(0, container.duration()) / (double) avutil.AV_TIME_BASE;
    }

    VideoStream stream() {
        return stream;
    }

    /** Returns the next frame, valid until the next call, or null after the last. */
    AVFrame next() throws VideoException {
        while (true) {
            int received = avcodec.avcodec_receive_frame(codec.context, codec.frame);
            if (received == 0) {
                return codec.frame;
            }
            if (received == avutil.AVERROR_EOF) {
                return null;
            }
            if (received != avutil.AVERROR_EAGAIN()) {
                Ffmpeg.check(received, file, DAMAGED);
            }
            feed();
        }
    }

    /** Sends the next packet of the stream to the decoder, or the end of the stream after the last packet. */
    private void feed() throws VideoException {
        AVPacket packet = codec.packet;
        while (!atEnd) {
            int read = avformat.av_read_frame(container, packet);
            if (read == avutil.AVERROR_EOF) {
                atEnd = true;
                Ffmpeg.check(avcodec.avcodec_send_packet(codec.context, null), file, DAMAGED);
                return;
            }
            Ffmpeg.check(read, file, DAMAGED);
            try {
                if (packet.stream_index() == stream.stream.index()) {
                    if ((packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0) {
                        throw new VideoException(file, DAMAGED);
                    }
                    Ffmpeg.check(avcodec.avcodec_send_packet(codec.context, packet), file, DAMAGED);
                    return;
                }
            } finally {
                avcodec.av_packet_unref(packet);
            }
        }
    }

    @Override
    public void close() {
        if (codec != null) {
            codec.close();
        }
        if (container != null) {
            avformat.avformat_close_input(container);
            container = null;
        }
    }
}
