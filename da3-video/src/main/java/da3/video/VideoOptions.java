package da3.video;

/**
 * How a video is written.
 *
 * @param framesPerSecond 0.01 to 240
 * @param quality how much is lost
 */
public record VideoOptions(double framesPerSecond, Quality quality) {

    private static final double SLOWEST = 0.01;
    private static final double FASTEST = 240;

    /** Named as the reference's {@code video_quality}; its rate factors stand here as constant quantizers. */
    public enum Quality {
        LOW(28),
        MEDIUM(23),
        HIGH(18);

        private final int quantizer;

        Quality(int quantizer) {
            this.quantizer = quantizer;
        }

        /** Of H.264: from 0 to 51, six more double the step. */
        int quantizer() {
            return quantizer;
        }
    }

    public VideoOptions {
        if (!(framesPerSecond >= SLOWEST && framesPerSecond <= FASTEST)) {
            throw new IllegalArgumentException(
                    "frames a second is " + framesPerSecond + "; legal: " + SLOWEST + " to " + FASTEST);
        }
    }

    /** 24 frames a second in high quality, as the reference's videos. */
    public static VideoOptions defaults() {
        return new VideoOptions(24, Quality.HIGH);
    }

    public VideoOptions withFramesPerSecond(double fps) {
        return new VideoOptions(fps, quality);
    }

    public VideoOptions withQuality(Quality wanted) {
        return new VideoOptions(framesPerSecond, wanted);
    }
}
