package da3.video;

import da3.geometry.Image;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/** Converts decoded frames to RGB images and back. Frames without a color space use BT.601, as in OpenCV. */
final class FramePixels implements AutoCloseable {

    /** Scaler flags for equal bytes on every processor. */
    private static final int EXACT = swscale.SWS_BICUBIC
            | swscale.SWS_ACCURATE_RND
            | swscale.SWS_FULL_CHR_H_INT
            | swscale.SWS_FULL_CHR_H_INP
            | swscale.SWS_BITEXACT;

    private static final int ONE = 1 << 16;

    private final Object source;
    private SwsContext scaler;
    private AVFrame rgbFrame;

    FramePixels(Object source) {
        this.source = source;
    }

    /** Returns the image of a frame, scaled to a size. */
    Image image(AVFrame frame, int width, int height) throws VideoException {
        AVFrame rgb = rgbFrame(width, height);
        convert(frame, rgb);
        int row = 3 * width;
        byte[] bytes = new byte[Math.multiplyExact(row, height)];
        BytePointer data = rgb.data(0);
        for (int y = 0; y < height; y++) {
            data.position((long) y * rgb.linesize(0)).get(bytes, y * row, row);
        }
        return new Image(width, height, bytes);
    }

    /** Fills a frame with an image, repeating the last column and row if the frame is larger. */
    void fill(AVFrame frame, Image image) throws VideoException {
        AVFrame rgb = rgbFrame(frame.width(), frame.height());
        BytePointer data = rgb.data(0);
        byte[] row = new byte[3 * frame.width()];
        for (int y = 0; y < frame.height(); y++) {
            int from = 3 * image.width() * Math.min(y, image.height() - 1);
            System.arraycopy(image.rgb(), from, row, 0, 3 * image.width());
            for (int i = 3 * image.width(); i < row.length; i++) {
                row[i] = row[i - 3];
            }
            data.position((long) y * rgb.linesize(0)).put(row, 0, row.length);
        }
        convert(rgb, frame);
    }

    private AVFrame rgbFrame(int width, int height) throws VideoException {
        if (rgbFrame == null) {
            rgbFrame = Ffmpeg.required(avutil.av_frame_alloc(), source, "needs more memory than is available");
            rgbFrame.format(avutil.AV_PIX_FMT_RGB24).width(width).height(height).color_range(avutil.AVCOL_RANGE_JPEG);
            Ffmpeg.check(
                    avutil.av_frame_get_buffer(rgbFrame, 0), source, "has frames too large for the available memory");
        }
        return rgbFrame;
    }

    private void convert(AVFrame from, AVFrame to) throws VideoException {
        // creates a new scaler only if the size or format of the frames changes
        scaler = swscale.sws_getCachedContext(
                scaler,
                from.width(),
                from.height(),
                from.format(),
                to.width(),
                to.height(),
                to.format(),
                EXACT,
                null,
                null,
                (DoublePointer) null);
        // on failure, FFmpeg has freed the previous scaler
        Ffmpeg.required(scaler, source, "has frames in a format that cannot be converted to RGB");
        swscale.sws_setColorspaceDetails(
                scaler, coefficients(from), fullRange(from), coefficients(to), fullRange(to), 0, ONE, ONE);
        Ffmpeg.check(
                swscale.sws_scale(scaler, from.data(), from.linesize(), 0, from.height(), to.data(), to.linesize()),
                source,
                "has a frame whose colors cannot be converted");
    }

    private static IntPointer coefficients(AVFrame frame) {
        boolean known = frame.colorspace() == avutil.AVCOL_SPC_BT709
                || frame.colorspace() == swscale.SWS_CS_FCC
                || frame.colorspace() == swscale.SWS_CS_SMPTE240M
                || frame.colorspace() == swscale.SWS_CS_BT2020;
        return swscale.sws_getCoefficients(known ? frame.colorspace() : swscale.SWS_CS_DEFAULT);
    }

    private static int fullRange(AVFrame frame) {
        return frame.color_range() == avutil.AVCOL_RANGE_JPEG ? 1 : 0;
    }

    @Override
    public void close() {
        if (rgbFrame != null) {
            avutil.av_frame_free(rgbFrame);
            rgbFrame = null;
        }
        if (scaler != null) {
            swscale.sws_freeContext(scaler);
            scaler = null;
        }
    }
}
