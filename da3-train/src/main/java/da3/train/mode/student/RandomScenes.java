package da3.train.mode.student;

import da3.train.objective.StudentTruth;
import java.util.Random;

/**
 * Scenes of random pixels and random truth, for timing a step.
 *
 * @param images (images, 3, rows, columns), normally distributed
 * @param truth depths of 1 to 2 with one pixel in ten unknown, and cameras in a row that look ahead
 */
public record RandomScenes(float[] images, StudentTruth truth) {

    /** Returns scenes that follow from the seed. */
    public static RandomScenes of(long seed, int scenes, int views, int rows, int columns) {
        Random random = new Random(seed);
        int count = scenes * views;
        float[] images = new float[count * 3 * rows * columns];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        float[] depth = new float[count * rows * columns];
        boolean[] mask = new boolean[depth.length];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = 1 + random.nextFloat();
            mask[i] = random.nextFloat() > 0.1f;
        }
        float[] extrinsics = new float[count * 12];
        float[] intrinsics = new float[count * 9];
        for (int v = 0; v < count; v++) {
            for (int i = 0; i < 3; i++) {
                extrinsics[v * 12 + 5 * i] = 1;
            }
            extrinsics[v * 12 + 3] = -0.1f * (v % views);
            intrinsics[v * 9] = columns;
            intrinsics[v * 9 + 2] = columns / 2f;
            intrinsics[v * 9 + 4] = columns;
            intrinsics[v * 9 + 5] = rows / 2f;
            intrinsics[v * 9 + 8] = 1;
        }
        return new RandomScenes(
                images, new StudentTruth(scenes, views, rows, columns, depth, mask, extrinsics, intrinsics));
    }
}
