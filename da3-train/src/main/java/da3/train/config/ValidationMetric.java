package da3.train.config;

import java.util.Locale;
import java.util.Map;

/** The metrics of validations that rank networks. */
public enum ValidationMetric {
    ABS_REL,
    DELTA1(true),
    HEAD_ROTATION,
    HEAD_TRANSLATION,
    HEAD_AUC30(true),
    HEAD_FOV,
    RAYS_ROTATION,
    RAYS_TRANSLATION,
    RAYS_AUC30(true),
    RAYS_FOV,
    PSNR(true),
    SSIM(true);

    private final boolean higherIsBetter;

    ValidationMetric() {
        this(false);
    }

    ValidationMetric(boolean higherIsBetter) {
        this.higherIsBetter = higherIsBetter;
    }

    /** Returns the name in configurations and tables. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the metric as a cost, where lower is better: the value or its negative.
     *
     * @param metrics values by name, including this metric
     */
    public double cost(Map<String, Double> metrics) {
        return signed(metrics.get(id()));
    }

    /** Returns the metric that has a cost. */
    public double value(double cost) {
        return signed(cost);
    }

    private double signed(double value) {
        return higherIsBetter ? -value : value;
    }
}
