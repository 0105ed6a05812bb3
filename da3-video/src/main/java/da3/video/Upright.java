package da3.video;

import da3.geometry.Image;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;

/**
 * The rotation and reflection that make stored frames upright: a step right becomes ({@code xx}, {@code xy}), a step
 * down becomes ({@code yx}, {@code yy}). Each component is -1, 0 or 1.
 */
record Upright(int xx, int xy, int yx, int yy) {

    static final Upright AS_STORED = new Upright(1, 0, 0, 1);

    /** Returns the display matrix of the stream, rounded to quarter turns, in which phones record. */
    static Upright of(AVCodecParameters parameters) {
        return of(parameters.coded_side_data(), parameters.nb_coded_side_data());
    }

    /** Returns the display matrix in side data, which may be null, rounded to quarter turns. */
    static Upright of(AVPacketSideData all, int count) {
        if (all == null || all.isNull()) {
            return AS_STORED;
        }
        AVPacketSideData matrix = avcodec.av_packet_side_data_get(all, count, avcodec.AV_PKT_DATA_DISPLAYMATRIX);
        if (matrix == null || matrix.isNull()) {
            return AS_STORED;
        }
        BytePointer bytes = new BytePointer(matrix.data()).capacity(matrix.size());
        IntBuffer entries = bytes.asByteBuffer().order(ByteOrder.nativeOrder()).asIntBuffer();
        return ofMatrix(entries.get(0), entries.get(1), entries.get(3), entries.get(4)); // (3, 3)
    }

    /** Rounds the upper left 2x2 block (a b; c d) of a display matrix, in any unit, to quarter turns. */
    static Upright ofMatrix(int a, int b, int c, int d) {
        boolean upright = Math.abs((long) a) + Math.abs((long) d) >= Math.abs((long) b) + Math.abs((long) c);
        return upright
                ? new Upright(a < 0 ? -1 : 1, 0, 0, d < 0 ? -1 : 1)
                : new Upright(0, b < 0 ? -1 : 1, c < 0 ? -1 : 1, 0);
    }

    /** Returns whether width and height are exchanged. */
    boolean swapsSides() {
        return xx == 0;
    }

    Image turn(Image stored) {
        if (equals(AS_STORED)) {
            return stored;
        }
        int width = swapsSides() ? stored.height() : stored.width();
        int height = swapsSides() ? stored.width() : stored.height();
        // the new position of the first pixel: at the far end of each axis that a step decreases
        int left = xx + yx < 0 ? width - 1 : 0;
        int top = xy + yy < 0 ? height - 1 : 0;
        byte[] rgb = new byte[stored.rgb().length];
        int from = 0;
        for (int y = 0; y < stored.height(); y++) {
            for (int x = 0; x < stored.width(); x++) {
                int to = 3 * ((top + x * xy + y * yy) * width + left + x * xx + y * yx);
                rgb[to] = stored.rgb()[from++];
                rgb[to + 1] = stored.rgb()[from++];
                rgb[to + 2] = stored.rgb()[from++];
            }
        }
        return new Image(width, height, rgb);
    }
}
