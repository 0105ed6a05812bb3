package da3.train.data;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/**
 * Cuts a window out of every view of a scene and resizes it, with depth and cameras that follow.
 *
 * <p>Colors are averaged over the pixels that a target pixel covers, or interpolated where the window is enlarged.
 * Depth and objects take the nearest pixel, because averages across an edge are on no surface.
 */
final class SceneGeometry {

    private SceneGeometry() {}

    /**
     * A window in pixels, whose sides need not be whole.
     *
     * @param left position of the left edge of the first column
     * @param top position of the upper edge of the first row
     */
    record Window(double left, double top, double width, double height) {}

    /** Returns the windows of all views, each resized to {@code rows} x {@code columns}. */
    static TrainingScene cut(TrainingScene scene, Window[] windows, int rows, int columns) {
        int views = scene.views();
        int pixels = rows * columns;
        byte[] rgb = new byte[3 * views * pixels];
        float[] depth = new float[views * pixels];
        boolean[] objects = new boolean[depth.length];
        float[] extrinsics = scene.extrinsics().clone();
        float[] intrinsics = new float[9 * views];
        for (int view = 0; view < views; view++) {
            Window window = windows[view];
            Resampling.colors(scene, view, window, rows, columns, rgb);
            int[] nearest = Resampling.nearestPixels(scene, view, window, rows, columns);
            for (int i = 0; i < pixels; i++) {
                depth[view * pixels + i] = scene.depth()[nearest[i]];
                objects[view * pixels + i] =
                        scene.objects().isPresent() && scene.objects().get()[nearest[i]];
            }
            Camera camera = scene.camera(view);
            Intrinsics followed = camera.intrinsics()
                    .cropped(window.left, window.top)
                    .scaled(columns / window.width, rows / window.height);
            TrainingScene.putCamera(new Camera(camera.pose(), followed), view, extrinsics, intrinsics);
        }
        return new TrainingScene(
                views,
                rows,
                columns,
                rgb,
                depth,
                extrinsics,
                intrinsics,
                scene.objects().map(all -> objects));
    }

    /**
     * Returns the mirrored scene: every image is flipped left to right, and so is the world, so that the cameras stay
     * right-handed. A pose (R, t) becomes (M R M, M t) with M = diag(-1, 1, 1).
     */
    static TrainingScene mirrored(TrainingScene scene) {
        int rows = scene.rows();
        int columns = scene.columns();
        byte[] rgb = new byte[scene.rgb().length];
        float[] depth = new float[scene.depth().length];
        boolean[] objects = new boolean[depth.length];
        for (int line = 0; line < scene.views() * rows; line++) {
            for (int x = 0; x < columns; x++) {
                int from = line * columns + x;
                int to = line * columns + columns - 1 - x;
                depth[to] = scene.depth()[from];
                objects[to] = scene.objects().isPresent() && scene.objects().get()[from];
                System.arraycopy(scene.rgb(), 3 * from, rgb, 3 * to, 3);
            }
        }
        float[] extrinsics = new float[12 * scene.views()];
        float[] intrinsics = new float[9 * scene.views()];
        for (int view = 0; view < scene.views(); view++) {
            TrainingScene.putCamera(mirrored(scene.camera(view), columns), view, extrinsics, intrinsics);
        }
        return new TrainingScene(
                scene.views(),
                rows,
                columns,
                rgb,
                depth,
                extrinsics,
                intrinsics,
                scene.objects().map(all -> objects));
    }

    private static Camera mirrored(Camera camera, int columns) {
        Mat3 mirror = new Mat3(-1, 0, 0, 0, 1, 0, 0, 0, 1);
        Vec3 t = camera.pose().translation();
        Pose pose = new Pose(mirror.times(camera.pose().rotation()).times(mirror), new Vec3(-t.x(), t.y(), t.z()));
        Intrinsics k = camera.intrinsics();
        return new Camera(pose, new Intrinsics(k.fx(), k.fy(), columns - k.cx(), k.cy()));
    }
}
