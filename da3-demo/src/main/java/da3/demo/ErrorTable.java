package da3.demo;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The table of errors on the page. */
final class ErrorTable {

    private ErrorTable() {}

    static String html(Comparison comparison, String model) throws IOException {
        PredictionErrors errors = comparison.errors();
        String missing = comparison.predictsCameras() ? "needs two views" : "predicts no cameras";
        return Template.resource("errors.html")
                .filled(Map.of(
                        "model", Template.escaped(model),
                        "absRel", ratio(errors.absRel()),
                        "constantAbsRel", ratio(errors.constantAbsRel()),
                        "delta1", percent(errors.delta1()),
                        "constantDelta1", percent(errors.constantDelta1()),
                        "rotation", degrees(errors.rotation(), missing),
                        "identityRotation", degrees(errors.identityRotation(), "&ndash;")));
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String degrees(OptionalDouble angle, String missing) {
        return angle.isPresent() ? String.format(Locale.ROOT, "%.2f&deg;", angle.getAsDouble()) : missing;
    }
}
