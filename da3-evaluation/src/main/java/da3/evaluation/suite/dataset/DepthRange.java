package da3.evaluation.suite.dataset;

import da3.geometry.ScalarMap;

/**
 * The part of true depth that a monocular benchmark looks at: a rectangle of pixels and a range of depth.
 *
 * @param top first row, as a fraction of the height
 * @param bottom end of the rows, as a fraction of the height
 * @param left first column, as a fraction of the width
 * @param right end of the columns, as a fraction of the width
 * @param maxDepth largest depth that counts
 */
record DepthRange(double top, double bottom, double left, double right, double maxDepth) {

    /** Smallest depth that counts. */
    private static final double MIN_DEPTH = 1e-3;

    /** Returns a range that takes all pixels. */
    static DepthRange upTo(double maxDepth) {
        return new DepthRange(0, 1, 0, 1, maxDepth);
    }

    /** Sets depth outside of the range to 0, in place. */
    ScalarMap limit(ScalarMap depth) {
        int firstRow = (int) (top * depth.height());
        int endRow = (int) (bottom * depth.height());
        int firstColumn = (int) (left * depth.width());
        int endColumn = (int) (right * depth.width());
        for (int i = 0; i < depth.values().length; i++) {
            int row = i / depth.width();
            int column = i % depth.width();
            boolean inside = row >= firstRow && row < endRow && column >= firstColumn && column < endColumn;
            float value = depth.values()[i];
            depth.values()[i] = inside && value > MIN_DEPTH && value < maxDepth ? value : 0;
        }
        return depth;
    }
}
