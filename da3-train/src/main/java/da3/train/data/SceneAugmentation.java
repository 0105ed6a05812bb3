package da3.train.data;

import da3.train.data.SceneGeometry.Window;
import java.util.SplittableRandom;

/** Resizes a scene, with a random window, mirroring and color changes as specified by {@link Augmentation}. */
public final class SceneAugmentation {

    private SceneAugmentation() {}

    /** Returns the largest centered window of every view at {@code rows} x {@code columns}, with unchanged colors. */
    public static TrainingScene resized(TrainingScene scene, int rows, int columns) {
        SplittableRandom unused = new SplittableRandom(0);
        return apply(scene, Augmentation.NONE, rows, columns, unused, unused);
    }

    /**
     * Returns the scene at {@code rows} x {@code columns}. The window has the same size in every view and the aspect
     * ratio of the target, so that pixels stay square.
     */
    static TrainingScene apply(
            TrainingScene scene,
            Augmentation strength,
            int rows,
            int columns,
            SplittableRandom geometry,
            SplittableRandom color) {
        double scale = strength.minCrop() + (1 - strength.minCrop()) * geometry.nextDouble();
        double fit = scale * Math.min((double) scene.columns() / columns, (double) scene.rows() / rows);
        double width = fit * columns;
        double height = fit * rows;
        Window[] windows = new Window[scene.views()];
        for (int view = 0; view < windows.length; view++) {
            double left = (scene.columns() - width) / 2 * (1 + strength.shift() * (2 * geometry.nextDouble() - 1));
            double top = (scene.rows() - height) / 2 * (1 + strength.shift() * (2 * geometry.nextDouble() - 1));
            windows[view] = new Window(left, top, width, height);
        }
        TrainingScene cut = SceneGeometry.cut(scene, windows, rows, columns);
        TrainingScene turned = geometry.nextDouble() < strength.flip() ? SceneGeometry.mirrored(cut) : cut;
        Photometric.apply(turned, strength, color);
        return turned;
    }
}
