package da3.evaluation.suite.dataset;

import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.io.GrayImages;
import java.io.IOException;
import java.nio.file.Path;

/** Depth maps that are stored as counts in gray PNG files. */
final class DepthCounts {

    private DepthCounts() {}

    /**
     * Reads counts as depth.
     *
     * @param image image that the depth belongs to, of the same size
     * @param unit depth of one count
     * @param invalid count that means no depth, in addition to 0
     */
    static ScalarMap read(DataSetFolder folder, Path file, Image image, double unit, int invalid) throws IOException {
        ScalarMap counts = folder.requireSize(file, GrayImages.read(file), image.width(), image.height());
        float[] depth = counts.values();
        for (int i = 0; i < depth.length; i++) {
            depth[i] = depth[i] == invalid ? 0 : (float) (depth[i] * unit);
        }
        return counts;
    }
}
