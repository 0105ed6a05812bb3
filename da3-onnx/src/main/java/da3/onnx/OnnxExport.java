package da3.onnx;

import da3.geometry.check.Check;
import da3.nn.ModelConfig;
import da3.nn.Network;
import da3.nn.NetworkTensors;
import da3.nn.Output;
import da3.nn.Tensor;
import da3.nn.WeightSource;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a model as an ONNX file for a fixed number and size of views. The file contains the networks; resizing of
 * images, the metric scale of nested models and everything else after the networks is left to the caller.
 *
 * <p>The first view is the reference view. The inputs are {@code images} (views, 3, height, width), normalized, and if
 * requested {@code pose_encodings} (views, 9). The outputs have the values of {@link da3.nn.NetworkOutput}:
 *
 * <ul>
 *   <li>{@code depth} (views, height, width)
 *   <li>{@code depth_conf} (views, height, width), above 1
 *   <li>{@code sky} and {@code objects} (views, height, width), near 1 on the sky and on objects
 *   <li>{@code ray} (views, 8 rows, 8 columns, 6) for rows x columns patches: direction, origin
 *   <li>{@code ray_conf} (views, 8 rows, 8 columns), above 1
 *   <li>{@code pose_enc} (views, 9): translation, quaternion x, y, z, w, vertical and horizontal field of view in
 *       radians; camera-to-world
 *   <li>{@code gaussians} (views, height, width, channels), raw
 *   <li>{@code densities} (views, height, width), 0 to 1
 * </ul>
 *
 * <p>A nested model also has the depth and sky of its metric network, as {@code metric_depth} and {@code metric_sky}.
 */
public final class OnnxExport {

    private static final String IMAGES = "(views, 3, height, width), RGB from 0 to 1, minus the mean (0.485, 0.456,"
            + " 0.406), divided by the standard deviation (0.229, 0.224, 0.225)";

    private OnnxExport() {}

    /**
     * Writes a model.
     *
     * @param weights weights, which are read while they are written
     * @return the written files: the model, and a file of weights if it would be larger than 2 GiB with them
     * @throws IllegalArgumentException if the model lacks a requested output or an input for cameras, or the sides of
     *     the images are not multiples of the patch size
     * @throws FileAlreadyExistsException if a file exists and must not be replaced
     * @throws NoSuchFileException if the folder of the target does not exist
     */
    public static List<Path> write(ModelConfig config, WeightSource weights, OnnxOptions options, Path target)
            throws IOException {
        Path path = target.toAbsolutePath().normalize();
        if (path.getFileName() == null || !path.getFileName().toString().endsWith(".onnx")) {
            throw Check.invalid("target", "a file that ends in .onnx", "'" + target + "'");
        }
        if (!Files.isDirectory(path.getParent())) {
            throw new NoSuchFileException(path.getParent().toString());
        }
        for (Path file : List.of(path, OnnxFile.dataOf(path))) {
            if (Files.exists(file) && (!options.overwrite() || Files.isDirectory(file))) {
                throw new FileAlreadyExistsException(file.toString());
            }
        }
        return new OnnxFile(record(config, weights, options), path).write();
    }

    /** Runs the networks of a model on a recording engine. */
    static Graph record(ModelConfig config, WeightSource weights, OnnxOptions options) {
        Graph graph = new Graph();
        OnnxEngine engine = new OnnxEngine(graph, options.quantization());
        Network main = new Network(engine, weights, config.mainPath(), config.main());
        Optional<Network> metric = config.metric().map(c -> new Network(engine, weights, config.metricPath(), c));
        int views = options.views();
        Tensor images = graph.input("images", IMAGES, views, 3, options.height(), options.width());
        Tensor cameras = options.cameras() ? graph.input("pose_encodings", OnnxOutputs.POSE_ENCODINGS, views, 9) : null;
        record(new OnnxOutputs(graph, ""), main, images, cameras, outputs(main, options));
        metric.ifPresent(
                network -> record(new OnnxOutputs(graph, "metric_"), network, images, null, EnumSet.of(Output.DEPTH)));
        return graph;
    }

    private static void record(
            OnnxOutputs outputs, Network network, Tensor images, Tensor cameras, Set<Output> requested) {
        NetworkTensors tensors = network.tensors(images, cameras, 1, requested, Set.of(), Set.of());
        outputs.add(tensors);
    }

    private static Set<Output> outputs(Network network, OnnxOptions options) {
        if (!options.outputs().isEmpty()) {
            return options.outputs();
        }
        Set<Output> all = EnumSet.allOf(Output.class);
        all.removeIf(output -> !network.has(output));
        return all;
    }
}
