package da3.onnx;

import da3.nn.NetworkTensors;
import da3.nn.Tensor;
import java.util.List;

/** The outputs of a network as outputs of a graph, with the values of {@link da3.nn.NetworkOutput}. */
final class OnnxOutputs {

    /** Description of pose encodings. */
    static final String POSE_ENCODINGS = "(views, 9): translation, quaternion x, y, z, w, vertical and horizontal field"
            + " of view in radians; camera-to-world";

    private static final int RAY = 6; // channels of direction and origin, before the confidence

    private final Graph graph;
    private final String prefix;

    /** @param prefix start of the names of all outputs */
    OnnxOutputs(Graph graph, String prefix) {
        this.graph = graph;
        this.prefix = prefix;
    }

    /** Adds an output for each part of each tensor that is not null. */
    void add(NetworkTensors tensors) {
        if (tensors.depth() != null) {
            GraphValue depth = GraphValue.of(tensors.depth());
            output("depth", "(views, height, width)", map(depth, 0));
            if (depth.size(-1) == 2) {
                output("depth_conf", "(views, height, width), above 1", plusOne(map(depth, 1)));
            }
        }
        mask("sky", tensors.sky());
        mask("objects", tensors.objects());
        if (tensors.rays() != null) {
            GraphValue rays = GraphValue.of(tensors.rays());
            GraphValue logarithm = map(rays, RAY);
            GraphValue confidence = graph.nodeLike(logarithm, "Exp", List.of(logarithm.name()));
            output("ray", "(views, 8 rows, 8 columns, 6): direction, origin", graph.channels(rays, 0, RAY));
            output("ray_conf", "(views, 8 rows, 8 columns), above 1", plusOne(confidence));
        }
        if (tensors.camera() != null) {
            output("pose_enc", POSE_ENCODINGS, GraphValue.of(tensors.camera()));
        }
        if (tensors.gaussians() != null) {
            GraphValue all = GraphValue.of(tensors.gaussians());
            int channels = all.size(-1) - 1;
            GraphValue logits = map(all, channels);
            output("gaussians", "(views, height, width, channels), raw", graph.channels(all, 0, channels));
            output(
                    "densities",
                    "(views, height, width), 0 to 1",
                    graph.nodeLike(logits, "Sigmoid", List.of(logits.name())));
        }
    }

    private void mask(String name, Tensor mask) {
        if (mask != null) {
            output(name, "(views, height, width), near 1 on " + name, map(GraphValue.of(mask), 0));
        }
    }

    private void output(String name, String description, GraphValue value) {
        graph.output(prefix + name, description, value);
    }

    /** Returns one channel of maps, (views, rows, columns, channels) -> (views, rows, columns). */
    private GraphValue map(GraphValue maps, int channel) {
        GraphValue one = graph.channels(maps, channel, channel + 1);
        int[] shape = {one.size(0), one.size(1), one.size(2)};
        return graph.node("Reshape", shape, List.of(one.name(), graph.shape(shape))); // same order in both layouts
    }

    private GraphValue plusOne(GraphValue x) {
        return graph.nodeLike(x, "Add", List.of(x.name(), graph.scalar(1)));
    }
}
