package da3.nn;

import da3.nn.internal.PositionEmbedding;

/** Position embeddings and rotary positions of the tokens of a patch grid. The last grid is cached. */
final class PositionTables {

    private final BackboneConfig config;
    private final ParameterPath path;
    private final Engine engine;
    private final Parameter
            posEmbed; // (1, 1 + grid x grid, dim): token 0, then the grid; null unless parameters change
    private ForGrid last;

    PositionTables(ParameterPath path, BackboneConfig config) {
        this.path = path;
        this.engine = path.engine();
        this.config = config;
        path.require("pos_embed", shape());
        this.posEmbed = engine.parametersChange() ? path.plain("pos_embed", shape()) : null;
    }

    private int[] shape() {
        return new int[] {1, 1 + config.positionGrid() * config.positionGrid(), config.embedDim()};
    }

    ForGrid forGrid(int views, int rows, int columns) {
        if (last == null || !last.isFor(views, rows, columns)) {
            last = new ForGrid(views, rows, columns);
        }
        return last;
    }

    /** The tables for a number of views and the rows and columns of their patches. */
    final class ForGrid {
        private final int views;
        private final int rows;
        private final int columns;
        private float[] embedding; // (1 + rows x columns, dim); null until first used, or if parameters change
        private float[] resampling; // (1 + rows x columns, 1 + grid x grid); null until first used, or otherwise
        private final RotaryPositions within;
        private final RotaryPositions across;

        private ForGrid(int views, int rows, int columns) {
            this.views = views;
            this.rows = rows;
            this.columns = columns;
            boolean rotary = config.ropeStart() >= 0;
            double base = config.ropeFrequency();
            int tokens = 1 + rows * columns;
            this.within = rotary ? RotaryPositions.withinView(rows, columns, config.headDim(), base) : null;
            this.across = rotary && config.altStart() >= 0
                    ? RotaryPositions.acrossViews(views, tokens, config.headDim(), base)
                    : null;
        }

        private boolean isFor(int views, int rows, int columns) {
            return this.views == views && this.rows == rows && this.columns == columns;
        }

        /** Returns the position embedding, (1 + rows x columns, dim). */
        Tensor embedding() {
            int tokens = 1 + rows * columns;
            if (!engine.parametersChange()) {
                return engine.upload(this::resampledEmbedding, tokens, config.embedDim());
            }
            int source = 1 + config.positionGrid() * config.positionGrid();
            Tensor table = engine.reshape(engine.value(posEmbed), source, config.embedDim());
            return engine.matmul(engine.upload(this::resampling, tokens, source), false, table, false);
        }

        private float[] resampledEmbedding() {
            if (embedding == null) {
                float[] values = path.values("pos_embed", shape());
                embedding = new PositionEmbedding(
                                values, config.positionGrid(), config.embedDim(), config.interpolateOffset())
                        .resampled(rows, columns);
            }
            return embedding;
        }

        private float[] resampling() {
            if (resampling == null) {
                resampling = PositionEmbedding.matrix(config.positionGrid(), rows, columns, config.interpolateOffset());
            }
            return resampling;
        }

        RotaryPositions within(int block) {
            return block >= config.ropeStart() ? within : null;
        }

        RotaryPositions across(int block) {
            return block >= config.ropeStart() ? across : null;
        }
    }
}
