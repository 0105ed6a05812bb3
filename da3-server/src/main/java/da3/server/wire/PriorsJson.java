package da3.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.core.ViewPrior;
import da3.geometry.DepthSample;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.check.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The JSON form of priors: extrinsics (views, 3 or 4, 4), world-to-camera, with null for an unknown pose; intrinsics
 * (views, 3, 3), in pixels; and sparse depth, a list of [x, y, meters] per view.
 */
final class PriorsJson {

    /** Names of the fields. */
    static final List<String> NAMES = List.of("extrinsics", "intrinsics", "sparse_depth");

    private static final double[] LAST_ROW = {0, 0, 0, 1};

    private PriorsJson() {}

    /** Puts all fields; null where no view has such a prior. */
    static void put(ObjectNode json, List<ViewPrior> priors) {
        NAMES.forEach(json::putNull);
        if (priors.stream().anyMatch(prior -> prior.pose().isPresent())) {
            ArrayNode list = json.putArray("extrinsics");
            priors.forEach(prior -> prior.pose()
                    .ifPresentOrElse(pose -> putRows(list.addArray(), pose.toMatrix3x4(), 4), list::addNull));
        }
        if (priors.stream().anyMatch(prior -> prior.intrinsics().isPresent())) {
            ArrayNode list = json.putArray("intrinsics");
            priors.forEach(prior -> prior.intrinsics()
                    .ifPresentOrElse(k -> putRows(list.addArray(), k.matrix().toArray(), 3), list::addNull));
        }
        if (priors.stream().anyMatch(prior -> !prior.sparseDepth().isEmpty())) {
            ArrayNode list = json.putArray("sparse_depth");
            priors.forEach(prior -> {
                ArrayNode samples = list.addArray();
                prior.sparseDepth().forEach(sample -> samples.addArray()
                        .add(sample.x())
                        .add(sample.y())
                        .add(sample.meters()));
            });
        }
    }

    private static void putRows(ArrayNode matrix, double[] values, int columns) {
        for (int i = 0; i < values.length; i += columns) {
            ArrayNode row = matrix.addArray();
            for (int j = 0; j < columns; j++) {
                row.add(values[i + j]);
            }
        }
    }

    /**
     * Reads the priors of all views; empty if no field is present.
     *
     * @throws MalformedFieldException if a field has the wrong type or shape
     * @throws IllegalArgumentException if a value is invalid, or the fields have different numbers of views
     */
    static List<ViewPrior> read(JsonFields fields) {
        List<ViewPrior> priors = List.of();
        priors = read(fields, "extrinsics", priors, (prior, node) -> prior.withPose(pose(node.node(), node.name())));
        priors = read(
                fields,
                "intrinsics",
                priors,
                (prior, node) ->
                        node.node().isNull() ? prior : prior.withIntrinsics(intrinsics(node.node(), node.name())));
        return read(
                fields,
                "sparse_depth",
                priors,
                (prior, node) -> prior.withSparseDepth(samples(node.node(), node.name())));
    }

    /** An element of a list, and its name in messages. */
    private record Element(JsonNode node, String name) {}

    private static List<ViewPrior> read(
            JsonFields fields, String name, List<ViewPrior> known, BiFunction<ViewPrior, Element, ViewPrior> add) {
        JsonNode list = fields.get(name);
        if (list.isMissingNode()) {
            return known;
        }
        if (!list.isArray()) {
            throw JsonFields.malformed(name, "a list with one element per image", JsonFields.quoted(list));
        }
        Check.atLeast("number of " + name, 1, list.size());
        List<ViewPrior> before = known.isEmpty() ? Collections.nCopies(list.size(), ViewPrior.NONE) : known;
        if (list.size() != before.size()) {
            throw Check.invalid("number of " + name, before.size() + " as for the other priors", list.size());
        }
        List<ViewPrior> priors = new ArrayList<>();
        for (int view = 0; view < list.size(); view++) {
            priors.add(add.apply(before.get(view), new Element(list.get(view), name + "[" + view + "]")));
        }
        return priors;
    }

    private static Optional<Pose> pose(JsonNode matrix, String name) {
        if (matrix.isNull()) {
            return Optional.empty();
        }
        double[] values = matrix(matrix, name, matrix.size() == 4 ? 4 : 3, 4);
        for (int i = 12; i < values.length; i++) {
            if (Math.abs(values[i] - LAST_ROW[i - 12]) > 1e-6) {
                throw Check.invalid("last row of " + name, "0 0 0 1", values[i] + " in column " + (i - 12));
            }
        }
        return Optional.of(Pose.ofMatrix(values, 0).requireRigid(name));
    }

    private static Intrinsics intrinsics(JsonNode matrix, String name) {
        return Intrinsics.ofMatrix(matrix(matrix, name, 3, 3), 0).requireValid(name);
    }

    private static List<DepthSample> samples(JsonNode list, String name) {
        List<DepthSample> samples = new ArrayList<>();
        if (!list.isArray()) {
            throw JsonFields.malformed(name, "a list of [x, y, meters]", JsonFields.quoted(list));
        }
        for (JsonNode sample : list) {
            String requirement = "[x, y, meters], three numbers";
            double[] values = numbers(sample, name + "[" + samples.size() + "]", requirement, 3);
            samples.add(new DepthSample(values[0], values[1], values[2]));
        }
        return samples;
    }

    private static double[] matrix(JsonNode node, String name, int rows, int columns) {
        String requirement = "a list of " + rows + " rows of " + columns + " numbers";
        if (!node.isArray() || node.size() != rows) {
            throw JsonFields.malformed(name, requirement, JsonFields.quoted(node));
        }
        double[] values = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(numbers(node.get(i), name, requirement, columns), 0, values, i * columns, columns);
        }
        return values;
    }

    private static double[] numbers(JsonNode list, String name, String requirement, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            JsonNode value = list.path(i);
            if (!list.isArray() || list.size() != count || !value.isNumber()) {
                throw JsonFields.malformed(name, requirement, "the row " + JsonFields.quoted(list));
            }
            values[i] = value.doubleValue();
        }
        return values;
    }
}
