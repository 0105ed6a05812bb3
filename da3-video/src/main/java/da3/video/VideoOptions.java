package da3.video;

import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.Locale;

/**
 * Options for writing a video.
 *
 * @param framesPerSecond 0.01 to 240
 * @param quality of the lossy compression
 */
public record VideoOptions(double framesPerSecond, Quality quality) {

    /** Lowest frame rate. */
    public static final double MIN_FRAMES_PER_SECOND = 0.01;

    /** Highest frame rate. */
    public static final double MAX_FRAMES_PER_SECOND = 240;

    /**
     * Compression quality, named as the reference's {@code video_quality}; its rate factors are constant quantizers
     * here.
     */
    public enum Quality {
        LOW(28),
        MEDIUM(23),
        HIGH(18);

        private final int quantizer;

        Quality(int quantizer) {
            this.quantizer = quantizer;
        }

        /** Returns the name on the command line, for instance {@code high}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * Returns the quality with a name, in upper or lower case.
         *
         * @throws IllegalArgumentException for an unknown name; the message lists all names
         */
        public static Quality of(String id) {
            return Arrays.stream(values())
                    .filter(quality -> quality.id().equalsIgnoreCase(id))
                    .findFirst()
                    .orElseThrow(() -> Check.invalid("video quality", "one of low, medium, high", "'" + id + "'"));
        }

        /** Returns the H.264 quantizer, from 0 to 51; an increase of 6 doubles the step size. */
        int quantizer() {
            return quantizer;
        }
    }

    public VideoOptions {
        Check.inRange("frames per second", MIN_FRAMES_PER_SECOND, MAX_FRAMES_PER_SECOND, framesPerSecond);
    }

    /** Returns 24 frames per second in high quality, as for the reference's videos. */
    public static VideoOptions defaults() {
        return new VideoOptions(24, Quality.HIGH);
    }

    public VideoOptions withFramesPerSecond(double fps) {
        return new VideoOptions(fps, quality);
    }

    public VideoOptions withQuality(Quality quality) {
        return new VideoOptions(framesPerSecond, quality);
    }
}
