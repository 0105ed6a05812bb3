package da3.train.objective;

import java.util.List;
import java.util.Random;

/** Two images of wavy surfaces with invalid pixels, and a noisy prediction of them in another scale and shift. */
final class SmallTeacherBatch {

    static final int ROWS = 9;
    static final int COLUMNS = 12;
    static final int PIXELS = ROWS * COLUMNS;
    static final List<LocalLevel> LEVELS = List.of(new LocalLevel(2, 3, 5));

    private SmallTeacherBatch() {}

    static TeacherTruth truth() {
        Random random = new Random(5);
        float[] depth = new float[2 * PIXELS];
        boolean[] mask = new boolean[depth.length];
        boolean[] sky = new boolean[depth.length];
        boolean[] object = new boolean[depth.length];
        for (int i = 0; i < depth.length; i++) {
            int column = i % COLUMNS;
            int row = i / COLUMNS % ROWS;
            depth[i] = (float) (3 + Math.sin(0.6 * column + i / PIXELS) + 0.2 * row + 0.05 * random.nextDouble());
            sky[i] = row == 0;
            mask[i] = !sky[i] && random.nextInt(8) > 0;
            object[i] = column < 4;
        }
        float[] intrinsics = {9, 0, 6.2f, 0, 8, 4.4f, 0, 0, 1, 11, 0, 5.8f, 0, 11, 4.6f, 0, 0, 1};
        return new TeacherTruth(2, ROWS, COLUMNS, depth, mask, intrinsics, sky, object);
    }

    /** Returns {@code factor * depth + offset} with noise, and random masks. */
    static TeacherPrediction prediction(double factor, double offset, double noise) {
        Random random = new Random(6);
        TeacherTruth truth = truth();
        float[] depth = new float[2 * PIXELS];
        float[] sky = new float[depth.length];
        float[] object = new float[depth.length];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = (float) (factor * truth.depth()[i] + offset + noise * random.nextGaussian());
            sky[i] = random.nextFloat();
            object[i] = random.nextFloat();
        }
        return new TeacherPrediction(2, ROWS, COLUMNS, depth, sky, object);
    }

    static List<PatchAnchors> anchors() {
        return PatchAnchors.draw(truth(), LEVELS, new Random(8));
    }

    static TeacherOptions options(TeacherWeights weights) {
        return TeacherOptions.defaults().withWeights(weights).withGlobalGrid(6).withLevels(LEVELS);
    }
}
