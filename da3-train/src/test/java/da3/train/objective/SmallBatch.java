package da3.train.objective;

import java.util.Arrays;
import java.util.Random;

/** Two scenes of two views of random depth, and a random prediction of them. */
final class SmallBatch {

    static final int ROWS = 6;
    static final int COLUMNS = 9;

    private SmallBatch() {}

    static StudentTruth truth() {
        Random random = new Random(7);
        float[] depth = new float[4 * ROWS * COLUMNS];
        boolean[] mask = new boolean[depth.length];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = 1 + random.nextFloat();
            mask[i] = random.nextInt(5) > 0;
        }
        float[] extrinsics = new float[4 * 12];
        float[] intrinsics = new float[4 * 9];
        for (int image = 0; image < 4; image++) {
            float cos = (float) Math.cos(0.2 * image);
            float sin = (float) Math.sin(0.2 * image);
            float[] pose = {cos, 0, sin, 0.1f * image, 0, 1, 0, -0.2f, -sin, 0, cos, 0.3f};
            float[] k = {8, 0, 4.6f, 0, 7, 3.1f, 0, 0, 1};
            System.arraycopy(pose, 0, extrinsics, 12 * image, 12);
            System.arraycopy(k, 0, intrinsics, 9 * image, 9);
        }
        return new StudentTruth(2, 2, ROWS, COLUMNS, depth, mask, extrinsics, intrinsics);
    }

    /** Two scenes, each of two views of a wall at depth 2; the second camera stands to the right of the first. */
    static StudentTruth wall(float baseline) {
        StudentTruth truth = truth();
        Arrays.fill(truth.depth(), 2);
        Arrays.fill(truth.mask(), true);
        for (int image = 0; image < truth.images(); image++) {
            float x = image % 2 == 0 ? 0 : -baseline;
            float[] pose = {1, 0, 0, x, 0, 1, 0, 0, 0, 0, 1, 0};
            System.arraycopy(pose, 0, truth.extrinsics(), 12 * image, 12);
            float[] k = {8, 0, 4.5f, 0, 8, 3, 0, 0, 1};
            System.arraycopy(k, 0, truth.intrinsics(), 9 * image, 9);
        }
        return truth;
    }

    static StudentPrediction prediction() {
        Random random = new Random(11);
        int pixels = 4 * ROWS * COLUMNS;
        return new StudentPrediction(
                4,
                ROWS,
                COLUMNS,
                4,
                5,
                uniform(random, pixels, 0.3f, 1.5f),
                uniform(random, pixels, 1.1f, 4),
                uniform(random, 4 * 4 * 5 * 6, -1, 1),
                uniform(random, 4 * 9, -1, 1));
    }

    static StudentTruth withoutDepth(StudentTruth truth, int firstImage, int endImage) {
        boolean[] mask = truth.mask().clone();
        Arrays.fill(mask, firstImage * ROWS * COLUMNS, endImage * ROWS * COLUMNS, false);
        return new StudentTruth(2, 2, ROWS, COLUMNS, truth.depth(), mask, truth.extrinsics(), truth.intrinsics());
    }

    private static float[] uniform(Random random, int length, float from, float to) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = from + (to - from) * random.nextFloat();
        }
        return values;
    }
}
