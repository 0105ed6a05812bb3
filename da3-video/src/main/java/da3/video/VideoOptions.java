package da3.video;

import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.Locale;

/**
 * How a video is written.
 *
 * @param framesPerSecond 0.01 to 240
 * @param quality how much is lost
 */
public record VideoOptions(double framesPerSecond, Quality quality) {

    /** Lowest frame rate. */
    public static final double MIN_FRAMES_PER_SECOND = 0.01;

    /** Highest frame rate. */
    public static final double MAX_FRAMES_PER_SECOND = 240;

    /** Named as the reference's {@code video_quality}; its rate factors stand here as constant quantizers. */
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

        /** Of H.264: from 0 to 51, six more double the step. */
        int quantizer() {
            return quantizer;
        }
    }

    public VideoOptions {
        Check.inRange("frames per second", MIN_FRAMES_PER_SECOND, MAX_FRAMES_PER_SECOND, framesPerSecond);
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
