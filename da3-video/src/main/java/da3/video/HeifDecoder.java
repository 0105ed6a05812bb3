package da3.video;

import da3.geometry.Image;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avformat.AVStreamGroup;
import org.bytedeco.ffmpeg.avformat.AVStreamGroupTileGrid;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** Decodes the primary image of a HEIF file, which is one coded image or a grid of them. */
final class HeifDecoder implements AutoCloseable {

    private static final String DAMAGED = "is damaged or truncated";

    private final Path file;
    private final AVFormatContext container = new AVFormatContext(null);
    private final List<HeifTile> tiles = new ArrayList<>();
    private int width;
    private int height;
    private AVPacketSideData sideData; // null if there is none
    private int sideDataCount;

    private HeifDecoder(Path file) {
        this.file = file;
    }

    static HeifDecoder open(Path file) throws VideoException {
        Ffmpeg.disableLog();
        HeifDecoder decoder = new HeifDecoder(file);
        try {
            decoder.openPrimary();
            return decoder;
        } catch (VideoException | RuntimeException | Error e) {
            decoder.close();
            throw e;
        }
    }

    private void openPrimary() throws VideoException {
        AVDictionary options = new AVDictionary(null);
        try {
            avutil.av_dict_set(options, "format_whitelist", "mov", 0);
            avutil.av_dict_set(options, "protocol_whitelist", "file", 0);
            Ffmpeg.check(
                    avformat.avformat_open_input(container, Ffmpeg.url(file), null, options),
                    file,
                    "is not a HEIF image, or is damaged or truncated");
        } finally {
            avutil.av_dict_free(options);
        }
        for (int i = 0; i < container.nb_stream_groups() && tiles.isEmpty(); i++) {
            AVStreamGroup group = container.stream_groups(i);
            if (group.type() == avformat.AV_STREAM_GROUP_PARAMS_TILE_GRID && isPrimary(group.disposition())) {
                setGrid(group);
            }
        }
        for (int i = 0; i < container.nb_streams() && tiles.isEmpty(); i++) {
            if (isPrimary(container.streams(i).disposition())) {
                setSingle(container.streams(i));
            }
        }
        if (tiles.isEmpty()) {
            throw new VideoException(file, "has no primary image of a supported kind");
        }
        VideoStream.requireSize(file, width, height);
    }

    private static boolean isPrimary(int disposition) {
        return (disposition & avformat.AV_DISPOSITION_DEFAULT) != 0;
    }

    private void setGrid(AVStreamGroup group) throws VideoException {
        AVStreamGroupTileGrid grid = group.params_tile_grid();
        width = grid.width();
        height = grid.height();
        sideData = grid.coded_side_data();
        sideDataCount = grid.nb_coded_side_data();
        for (int i = 0; i < grid.nb_tiles(); i++) {
            int stream = grid.offsets_idx(i);
            if (stream < 0 || stream >= group.nb_streams()) {
                throw new VideoException(file, DAMAGED);
            }
            tiles.add(new HeifTile(
                    group.streams(stream),
                    grid.offsets_horizontal(i) - grid.horizontal_offset(),
                    grid.offsets_vertical(i) - grid.vertical_offset()));
        }
    }

    private void setSingle(AVStream stream) {
        AVCodecParameters parameters = stream.codecpar();
        width = parameters.width();
        height = parameters.height();
        sideData = parameters.coded_side_data();
        sideDataCount = parameters.nb_coded_side_data();
        tiles.add(new HeifTile(stream, 0, 0));
    }

    /** Returns the width of the image before it is turned upright, in pixels. */
    int width() {
        return width;
    }

    /** Returns the height of the image before it is turned upright, in pixels. */
    int height() {
        return height;
    }

    Upright upright() {
        return Upright.of(sideData, sideDataCount);
    }

    /** Returns the ICC profile of the colors, or empty if there is none. */
    Optional<byte[]> profile() {
        AVPacketSideData all =
                sideDataCount > 0 ? sideData : tiles.get(0).stream().codecpar().coded_side_data();
        int count = sideDataCount > 0
                ? sideDataCount
                : tiles.get(0).stream().codecpar().nb_coded_side_data();
        if (all == null || all.isNull()) {
            return Optional.empty();
        }
        AVPacketSideData profile = avcodec.av_packet_side_data_get(all, count, avcodec.AV_PKT_DATA_ICC_PROFILE);
        if (profile == null || profile.isNull() || profile.size() <= 0 || profile.size() > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        byte[] bytes = new byte[(int) profile.size()];
        new BytePointer(profile.data()).get(bytes);
        return Optional.of(bytes);
    }

    /** Decodes the image as it is stored, not turned upright. */
    Image stored() throws VideoException, InterruptedIOException {
        byte[] rgb = new byte[Math.multiplyExact(3, width * height)];
        boolean[] decoded = new boolean[tiles.size()];
        AVPacket packet = Ffmpeg.required(avcodec.av_packet_alloc(), file, "needs more memory than is available");
        try {
            while (avformat.av_read_frame(container, packet) >= 0) {
                for (int i = 0; i < decoded.length; i++) {
                    if (!decoded[i] && tiles.get(i).stream().index() == packet.stream_index()) {
                        if (Thread.currentThread().isInterrupted()) {
                            throw new InterruptedIOException(file + ": reading was interrupted");
                        }
                        copy(decoded(tiles.get(i).stream(), packet), tiles.get(i), rgb);
                        decoded[i] = true;
                    }
                }
                avcodec.av_packet_unref(packet);
            }
        } finally {
            avcodec.av_packet_free(packet);
        }
        for (boolean complete : decoded) {
            if (!complete) {
                throw new VideoException(file, DAMAGED);
            }
        }
        return new Image(width, height, rgb);
    }

    private Image decoded(AVStream stream, AVPacket packet) throws VideoException {
        AVCodec format = Ffmpeg.required(
                avcodec.avcodec_find_decoder(stream.codecpar().codec_id()),
                file,
                "has a codec that this build of FFmpeg does not support");
        try (Codec codec = new Codec(format, file, "needs more memory than is available");
                FramePixels pixels = new FramePixels(file)) {
            Ffmpeg.check(avcodec.avcodec_parameters_to_context(codec.context, stream.codecpar()), file, DAMAGED);
            codec.context.thread_count(1);
            codec.context.max_pixels(VideoStream.MAX_PIXELS);
            codec.open("cannot be decoded");
            Ffmpeg.check(avcodec.avcodec_send_packet(codec.context, packet), file, DAMAGED);
            Ffmpeg.check(avcodec.avcodec_send_packet(codec.context, null), file, DAMAGED);
            Ffmpeg.check(avcodec.avcodec_receive_frame(codec.context, codec.frame), file, DAMAGED);
            return pixels.image(codec.frame, codec.frame.width(), codec.frame.height());
        }
    }

    /** Copies the part of a tile that is inside the image. */
    private void copy(Image tile, HeifTile place, byte[] rgb) {
        int from = Math.max(0, -place.left());
        int to = Math.min(tile.width(), width - place.left());
        for (int y = Math.max(0, -place.top()); y < Math.min(tile.height(), height - place.top()) && to > from; y++) {
            System.arraycopy(
                    tile.rgb(),
                    3 * (y * tile.width() + from),
                    rgb,
                    3 * ((place.top() + y) * width + place.left() + from),
                    3 * (to - from));
        }
    }

    @Override
    public void close() {
        avformat.avformat_close_input(container);
    }
}
