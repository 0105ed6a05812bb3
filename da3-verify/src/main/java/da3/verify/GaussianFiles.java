package da3.verify;

import da3.geometry.GaussianCloud;
import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.io.GaussianPly;
import da3.io.GaussianPlyOptions;
import da3.io.GaussianPlyOptions.Layout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recomputes the function cases of Gaussian PLY files. */
final class GaussianFiles {

    private static final String HEADER_END = "end_header\n";

    private GaussianFiles() {}

    /** Computes the Gaussians that are selected for the file; the case contains every n-th row. */
    static Map<String, GoldenTensor> selected(GoldenCase golden) throws IOException {
        GoldenTensor depth = golden.tensor("in.depth"); // (views, height, width, 1)
        int width = depth.size(2);
        int height = depth.size(1);
        List<View> views = new ArrayList<>();
        for (int v = 0; v < depth.size(0); v++) {
            float[] values = Arrays.copyOfRange(depth.floats(), v * width * height, (v + 1) * width * height);
            views.add(new View(
                    new Image(width, height, new byte[3 * width * height]),
                    new ScalarMap(width, height, values),
                    Optional.empty(),
                    Optional.empty()));
        }
        GaussianCloud cloud = cloud(golden, golden.tensor("in.opacities").floats());
        GaussianPlyOptions options = GaussianPlyOptions.defaults()
                .withDepthQuantile(
                        golden.params().path("prune_by_depth_percent").asDouble());
        GaussianCloud selected = GaussianPly.selected(new Scene(views, Optional.of(cloud), false), options);
        int every = golden.params().path("every").asInt();
        int columns = golden.params().path("fields").size();
        float[] numbers = numbers(selected, options);
        float[] sampled = new float[(selected.size() + every - 1) / every * columns];
        for (int row = 0; row < selected.size(); row += every) {
            System.arraycopy(numbers, row * columns, sampled, row / every * columns, columns);
        }
        Results results = new Results(golden);
        results.put("out.vertices", sampled);
        results.put("out.vertex_count", (double) selected.size());
        return results.asMap();
    }

    static Map<String, GoldenTensor> layouts(GoldenCase golden) throws IOException {
        float[] opacities = golden.tensor("in.opacities").floats().clone();
        for (int i = 0; i < opacities.length; i++) {
            opacities[i] = (float) (1 / (1 + Math.exp(-opacities[i]))); // opacities of this case are logits
        }
        GaussianCloud cloud = cloud(golden, opacities);
        GaussianPlyOptions options = GaussianPlyOptions.complete();
        Results results = new Results(golden);
        results.put("out.full_sh", numbers(cloud, options));
        results.put("out.mcmc_dev", numbers(cloud, options.withLayout(Layout.MCMC)));
        results.put(
                "out.shifted",
                numbers(cloud, options.withLayout(Layout.CONSTANT_COLOR).withNormalized(true)));
        return results.asMap();
    }

    private static GaussianCloud cloud(GoldenCase golden, float[] opacities) throws IOException {
        int degree = (int) Math.sqrt(golden.tensor("in.harmonics").size(-1)) - 1;
        return new GaussianCloud(
                golden.tensor("in.means").floats(),
                golden.tensor("in.scales").floats(),
                golden.tensor("in.rotations").floats(),
                golden.tensor("in.harmonics").floats(),
                opacities,
                degree);
    }

    /** Returns the values of the rows of the file. */
    private static float[] numbers(GaussianCloud cloud, GaussianPlyOptions options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GaussianPly.write(cloud, out, options);
        byte[] bytes = out.toByteArray();
        int start = out.toString(StandardCharsets.ISO_8859_1).indexOf(HEADER_END) + HEADER_END.length();
        float[] numbers = new float[(bytes.length - start) / Float.BYTES];
        ByteBuffer.wrap(bytes, start, bytes.length - start)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(numbers);
        return numbers;
    }
}
