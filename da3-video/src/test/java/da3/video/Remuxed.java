package da3.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;

/** Copies the video stream of a file into another format, as FFmpeg writes it. */
final class Remuxed {

    private Remuxed() {}

    /** Returns the bytes of a video in another format, given by FFmpeg's name. */
    static byte[] bytes(Path video, String format) throws IOException {
        Path target = video.resolveSibling("remuxed." + format);
        AVFormatContext in = new AVFormatContext(null);
        Ffmpeg.check(avformat.avformat_open_input(in, Ffmpeg.url(video), null, null), video, "cannot be read");
        AVFormatContext out = new AVFormatContext(null);
        String url = Ffmpeg.url(target);
        Ffmpeg.check(avformat.avformat_alloc_output_context2(out, null, format, url), target, "no such format");
        AVStream from = VideoStream.of(in, video).stream;
        AVStream to = avformat.avformat_new_stream(out, null);
        avcodec.avcodec_parameters_copy(to.codecpar(), from.codecpar());
        to.codecpar().codec_tag(0);
        AVIOContext bytes = new AVIOContext(null);
        Ffmpeg.check(avformat.avio_open(bytes, url, avformat.AVIO_FLAG_WRITE), target, "cannot be written");
        out.pb(bytes);
        Ffmpeg.check(avformat.avformat_write_header(out, (AVDictionary) null), target, "cannot be written");
        AVPacket packet = avcodec.av_packet_alloc();
        while (avformat.av_read_frame(in, packet) >= 0) {
            avcodec.av_packet_rescale_ts(packet, from.time_base(), to.time_base());
            Ffmpeg.check(avformat.av_interleaved_write_frame(out, packet), target, "cannot be written");
        }
        avformat.av_write_trailer(out);
        avformat.avio_closep(bytes);
        avcodec.av_packet_free(packet);
        avformat.avformat_free_context(out);
        avformat.avformat_close_input(in);
        return Files.readAllBytes(target);
    }
}
