package da3.train.config;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The kinds of objectives of a run. */
public enum ObjectiveKind {
    /** Depth, rays and cameras of any number of views. */
    STUDENT(EnumSet.range(ValidationMetric.ABS_REL, ValidationMetric.RAYS_FOV)),
    /** Depth up to scale and shift, sky and objects of single images. */
    TEACHER(EnumSet.of(ValidationMetric.ABS_REL, ValidationMetric.DELTA1)),
    /** Depth in meters for a canonical focal length, and sky, of single images. */
    METRIC(EnumSet.of(ValidationMetric.ABS_REL, ValidationMetric.DELTA1)),
    /** Gaussians of any number of views, on depth and cameras that stay as they are. */
    GAUSSIAN(EnumSet.of(ValidationMetric.PSNR, ValidationMetric.SSIM));

    private final Set<ValidationMetric> metrics;

    ObjectiveKind(Set<ValidationMetric> metrics) {
        this.metrics = Collections.unmodifiableSet(metrics);
    }

    /** Returns the name in configurations. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the metrics that validations compare networks by. */
    public Set<ValidationMetric> metrics() {
        return metrics;
    }
}
