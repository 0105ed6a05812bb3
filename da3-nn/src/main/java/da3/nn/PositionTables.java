package da3.nn;

/** Where tokens are, for one grid of patches; the last grid's tables are kept, since calls tend to repeat it. */
final class PositionTables {

    private final BackboneConfig config;
    private final Weights at;
    private ForGrid last;

    PositionTables(Weights at, BackboneConfig config) {
        this.at = at;
        this.config = config;
        at.require("pos_embed", shape());
    }

    /** Of the learned table: token 0, then the grid it was trained on. */
    private int[] shape() {
        return new int[] {1, 1 + config.positionGrid() * config.positionGrid(), config.embedDim()};
    }

    ForGrid forGrid(int views, int rows, int columns) {
        if (last == null || !last.isFor(views, rows, columns)) {
            last = new ForGrid(views, rows, columns);
        }
        return last;
    }

    /** Tables for so many views of so many rows and columns of patches. */
    final class ForGrid {
        private final int views;
        private final int rows;
        private final int columns;
        private final float[] embedding; // (1 + rows x columns, dim)
        private final RotaryPositions within;
        private final RotaryPositions across;

        private ForGrid(int views, int rows, int columns) {
            this.views = views;
            this.rows = rows;
            this.columns = columns;
            float[] table = at.values("pos_embed", shape());
            this.embedding = new PositionEmbedding(
                            table, config.positionGrid(), config.embedDim(), config.interpolateOffset())
                    .resampled(rows, columns);
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

        float[] embedding() {
            return embedding;
        }

        RotaryPositions within(int block) {
            return block >= config.ropeStart() ? within : null;
        }

        RotaryPositions across(int block) {
            return block >= config.ropeStart() ? across : null;
        }
    }
}
