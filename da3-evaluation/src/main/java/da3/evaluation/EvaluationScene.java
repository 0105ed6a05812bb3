package da3.evaluation;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.geometry.metrics.DepthMetrics;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The views of a scene with ground truth.
 *
 * @param id unique in its suite
 * @param groups groups of scenes that this one belongs to, by kind, for instance {@code family} to {@code room}
 * @param views at least one, all of the same size; depth is 0 where unknown
 * @param surface the true surface, if it is known
 * @param metric whether lengths are meters
 */
public record EvaluationScene(
        String id, Map<String, String> groups, List<View> views, Optional<SurfaceTruth> surface, boolean metric) {

    /** Creates a scene whose lengths are meters. */
    public EvaluationScene(String id, Map<String, String> groups, List<View> views, Optional<SurfaceTruth> surface) {
        this(id, groups, views, surface, true);
    }

    /** Creates a scene whose lengths are meters and whose surface is not known. */
    public EvaluationScene(String id, Map<String, String> groups, List<View> views) {
        this(id, groups, views, Optional.empty());
    }

    /** Checks the views and keeps the order of the groups. */
    public EvaluationScene {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        views = List.copyOf(views);
        if (views.isEmpty()) {
            throw Check.invalid("number of views of scene " + id, "at least 1", 0);
        }
        for (int i = 0; i < views.size(); i++) {
            View view = views.get(i);
            view.requireOneSize("view " + i + " of scene " + id);
            if (view.image().width() != views.get(0).image().width()
                    || view.image().height() != views.get(0).image().height()) {
                throw Check.invalid(
                        "views of scene " + id, "of one size, " + views.get(0).image(), view.image());
            }
        }
    }

    /** Returns the images. */
    public List<Image> images() {
        return views.stream().map(View::image).toList();
    }

    /** Returns the true cameras; empty unless all are known. */
    public Optional<List<Camera>> cameras() {
        List<Camera> cameras =
                views.stream().flatMap(view -> view.camera().stream()).toList();
        return cameras.size() == views.size() ? Optional.of(cameras) : Optional.empty();
    }

    /** Returns the mean of the known depth over all views; empty if it is known nowhere. */
    public OptionalDouble meanDepth() {
        double mean = DepthMetrics.mean(DepthMetrics.depths(views));
        return mean > 0 ? OptionalDouble.of(mean) : OptionalDouble.empty();
    }
}
