package da3.train.mode.gaussian;

import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.metrics.Psnr;
import da3.geometry.metrics.Ssim;
import java.util.Map;

/** Sums of the metrics of rendered images. */
final class RenderingScores {

    private static final double PEAK = 255;
    private static final double MAX_PSNR = 100; // of equal images, whose ratio is infinite
    private static final double COVERED = 0.5;

    private int images;
    private double psnr;
    private double ssim;
    private double squares; // over covered pixels of all images
    private long values;

    /**
     * Adds an image.
     *
     * @param coverage fraction of each pixel that the input views cover
     */
    void add(Image rendered, Image truth, ScalarMap coverage) {
        images++;
        psnr += Math.min(MAX_PSNR, Psnr.of(rendered, truth));
        ssim += Ssim.of(rendered, truth);
        for (int i = 0; i < truth.rgb().length; i++) {
            if (coverage.values()[i / 3] >= COVERED) {
                double difference = (rendered.rgb()[i] & 0xff) - (truth.rgb()[i] & 0xff);
                squares += difference * difference;
                values++;
            }
        }
    }

    /**
     * Puts the mean of {@code psnr} and {@code ssim}, and {@code psnr_covered} over all pixels that are covered at least
     * half, which leaves out what no input view sees; NaN if there are none.
     *
     * @param suffix of the names
     */
    void put(Map<String, Double> metrics, String suffix) {
        metrics.put("psnr" + suffix, psnr / images);
        metrics.put("ssim" + suffix, ssim / images);
        double covered = 10 * Math.log10(PEAK * PEAK * values / squares);
        metrics.put("psnr_covered" + suffix, values == 0 ? Double.NaN : Math.min(MAX_PSNR, covered));
    }
}
