package da3.verify;

import com.fasterxml.jackson.databind.JsonNode;
import da3.nn.Engine;
import da3.nn.ReferenceViewStrategy;
import da3.nn.RotaryPositions;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.internal.PositionEmbedding;
import da3.nn.internal.UvEmbedding;
import da3.nn.internal.ViewOrder;
import java.io.IOException;
import java.util.Map;

/** Recomputes the function cases of network parts. */
final class NetworkFunctions {

    private final Engine engine;

    private NetworkFunctions(Engine engine) {
        this.engine = engine;
    }

    static Map<String, FunctionCase> byName(Engine engine) {
        return Map.of(
                "custom_interpolate", new NetworkFunctions(engine)::interpolate,
                "DinoVisionTransformer.interpolate_pos_encoding", NetworkFunctions::positionEmbedding,
                "RotaryPositionEmbedding2D", NetworkFunctions::rotary,
                "create_uv_grid", NetworkFunctions::uvEmbedding,
                "select_reference_view", NetworkFunctions::referenceView);
    }

    /**
     * Resizes x to {@code size_HxW} or by {@code scale_factor_F}, and y to {@code single_HxW}, as the outputs are
     * named.
     */
    private Map<String, GoldenTensor> interpolate(GoldenCase golden) throws IOException {
        GoldenTensor x = golden.tensor("in.x"); // (views, channels, h, w)
        Results results = new Results(golden);
        for (String size : results.expected("out.size_")) {
            results.put("out.size_" + size, resized(x, rows(size), columns(size)));
        }
        for (String factor : results.expected("out.scale_factor_")) {
            double f = Double.parseDouble(factor);
            results.put("out.scale_factor_" + factor, resized(x, (int) (f * x.size(-2)), (int) (f * x.size(-1))));
        }
        for (String size : results.expected("out.single_")) {
            results.put("out.single_" + size, resized(golden.tensor("in.y"), rows(size), columns(size)));
        }
        return results.asMap();
    }

    /** Resizes (views, channels, h, w) to (views, channels, rows, columns). */
    private float[] resized(GoldenTensor x, int rows, int columns) {
        int views = x.size(0);
        int channels = x.size(1);
        int h = x.size(2);
        int w = x.size(3);
        float[] channelsLast = transposed(x.floats(), views, channels, h * w);
        float[] resized = engine.run(() -> {
            try (Scope scope = engine.scope()) {
                Tensor map = engine.upload(channelsLast, views, h, w, channels);
                Tensor resizedMap = engine.resize(map, rows, columns);
                scope.release(map);
                return engine.download(resizedMap);
            }
        });
        return transposed(resized, views, rows * columns, channels);
    }

    /** Transposes (views, a, b) to (views, b, a). */
    private static float[] transposed(float[] x, int views, int a, int b) {
        float[] transposed = new float[x.length];
        for (int view = 0; view < views; view++) {
            for (int i = 0; i < a; i++) {
                for (int j = 0; j < b; j++) {
                    transposed[(view * b + j) * a + i] = x[(view * a + i) * b + j];
                }
            }
        }
        return transposed;
    }

    private static int rows(String size) {
        return Integer.parseInt(size.substring(0, size.indexOf('x')));
    }

    private static int columns(String size) {
        return Integer.parseInt(size.substring(size.indexOf('x') + 1));
    }

    private static Map<String, GoldenTensor> positionEmbedding(GoldenCase golden) throws IOException {
        GoldenTensor table = golden.tensor("in.pos_embed"); // (1, 1 + grid x grid, dim)
        JsonNode params = golden.params();
        PositionEmbedding embedding = new PositionEmbedding(
                table.floats(),
                params.path("source_grid").asInt(),
                table.size(-1),
                params.path("offset").asDouble());
        Results results = new Results(golden);
        for (String grid : results.expected("out.grid_")) {
            results.put("out.grid_" + grid, embedding.resampled(rows(grid), columns(grid)));
        }
        return results.asMap();
    }

    private static Map<String, GoldenTensor> rotary(GoldenCase golden) throws IOException {
        GoldenTensor queries = golden.tensor("in.q"); // (batch, heads, tokens, headDim)
        int batch = queries.size(0);
        int heads = queries.size(1);
        int tokens = queries.size(2);
        int headDim = queries.size(3);
        double base = golden.params().path("frequency").asDouble();
        Results results = new Results(golden);
        for (String where : results.expected("out.rotated_")) {
            long[] positions = golden.tensor("in.positions_" + where).longs(); // (batch, tokens, 2)
            float[] rotated = new float[queries.length()];
            for (int b = 0; b < batch; b++) {
                int[] row = new int[tokens];
                int[] column = new int[tokens];
                for (int t = 0; t < tokens; t++) {
                    row[t] = Math.toIntExact(positions[(b * tokens + t) * 2]);
                    column[t] = Math.toIntExact(positions[(b * tokens + t) * 2 + 1]);
                }
                RotaryPositions tables = RotaryPositions.of(row, column, headDim, base);
                for (int head = 0; head < heads; head++) {
                    rotate(queries.floats(), tables, rotated, (b * heads + head) * tokens * headDim);
                }
            }
            results.put("out.rotated_" + where, rotated);
        }
        return results.asMap();
    }

    /** Rotates the channels of one head, (tokens, headDim) from {@code offset} on, as engines do. */
    private static void rotate(float[] x, RotaryPositions tables, float[] rotated, int offset) {
        int half = tables.headDim() / 2;
        int quarter = tables.headDim() / 4;
        for (int i = 0; i < tables.cos().length; i++) {
            float partner = x[offset + (i % half < quarter ? i + quarter : i - quarter)];
            rotated[offset + i] = x[offset + i] * tables.cos()[i] + partner * tables.signedSin()[i];
        }
    }

    private static Map<String, GoldenTensor> uvEmbedding(GoldenCase golden) throws IOException {
        JsonNode params = golden.params();
        int rows = params.path("feature_h").asInt();
        int columns = params.path("feature_w").asInt();
        int channels = params.path("channels").asInt();
        double aspect =
                params.path("image_w").asDouble() / params.path("image_h").asDouble();
        UvEmbedding embedding = UvEmbedding.of(
                rows,
                columns,
                channels,
                aspect,
                params.path("omega0").asDouble(),
                params.path("ratio").asDouble());
        int half = channels / 2;
        float[] planes = new float[channels * rows * columns]; // (channels, rows, columns)
        for (int i = 0; i < planes.length; i++) {
            int channel = i / (rows * columns);
            int row = i / columns % rows;
            int column = i % columns;
            planes[i] = channel < half
                    ? embedding.u()[column * half + channel]
                    : embedding.v()[row * half + channel - half];
        }
        Results results = new Results(golden);
        results.put("out.uv", UvEmbedding.centers(rows, columns, aspect));
        results.put("out.embed", planes);
        return results.asMap();
    }

    private static Map<String, GoldenTensor> referenceView(GoldenCase golden) throws IOException {
        Results results = new Results(golden);
        for (ReferenceViewStrategy strategy : ReferenceViewStrategy.values()) {
            String prefix = "out." + strategy.id() + "_";
            for (String example : results.expected(prefix)) {
                results.put(prefix + example, selected(golden.tensor("in.tokens_" + example), strategy));
            }
        }
        for (String example : results.expected("out.reordered_")) {
            results.put("out.reordered_" + example, reordered(golden.tensor("in.tokens_" + example)));
        }
        return results.asMap();
    }

    /** Returns the reference view of every batch of tokens, (batch, views, tokens, channels). */
    private static double[] selected(GoldenTensor tokens, ReferenceViewStrategy strategy) {
        double[] selected = new double[tokens.size(0)];
        for (int b = 0; b < selected.length; b++) {
            selected[b] = strategy.select(classTokens(tokens, b), tokens.size(1));
        }
        return selected;
    }

    /** Returns token 0 of every view, (views, channels). */
    private static float[] classTokens(GoldenTensor tokens, int batch) {
        int views = tokens.size(1);
        int view = tokens.size(2) * tokens.size(3);
        int channels = tokens.size(3);
        float[] classTokens = new float[views * channels];
        for (int v = 0; v < views; v++) {
            System.arraycopy(tokens.floats(), (batch * views + v) * view, classTokens, v * channels, channels);
        }
        return classTokens;
    }

    /** Returns the tokens with the most balanced view first. */
    private static float[] reordered(GoldenTensor tokens) {
        int views = tokens.size(1);
        int view = tokens.size(2) * tokens.size(3);
        double[] references = selected(tokens, ReferenceViewStrategy.SADDLE_BALANCED);
        float[] reordered = new float[tokens.length()];
        for (int b = 0; b < references.length; b++) {
            int[] order = ViewOrder.referenceFirst(views, (int) references[b]);
            for (int v = 0; v < views; v++) {
                int from = (b * views + order[v]) * view;
                System.arraycopy(tokens.floats(), from, reordered, (b * views + v) * view, view);
            }
        }
        return reordered;
    }
}
