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
        private final float[] embedding; // (1 + rows x columns, dim); null if parameters change
        private final float[] resampling; // (1 + rows x columns, 1 + grid x grid); null otherwise
        private final RotaryPositions within;
        private final RotaryPositions across;

        private ForGrid(int views, int rows, int columns) {
            this.views = views;
            this.rows = rows;
            this.columns = columns;
            int grid = config.positionGrid();
            double offset = config.interpolateOffset();
            this.embedding = engine.parametersChange()
                    ? null
                    : new PositionEmbedding(path.values("pos_embed", shape()), grid, config.embedDim(), offset)
                            .resampled(rows, columns);
            this.resampling = engine.parametersChange() ? PositionEmbedding.matrix(grid, rows, columns, offset) : null;
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
            if (embedding != null) {
                return engine.upload(embedding, tokens, config.embedDim());
            }
            int source = 1 + config.positionGrid() * config.positionGrid();
            Tensor table = engine.reshape(engine.value(posEmbed), source, config.embedDim());
            return engine.matmul(engine.upload(resampling, tokens, source), false, table, false);
        }

        RotaryPositions within(int block) {
            return block >= config.ropeStart() ? within : null;
        }

        RotaryPositions across(int block) {
            return block >= config.ropeStart() ? across : null;
        }
    }
}
