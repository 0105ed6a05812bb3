package da3.train.data;

import da3.geometry.Camera;
import da3.geometry.Pose;
import java.io.IOException;

/** Checks that the truth of scenes is usable for training. */
public final class SceneCheck {

    private SceneCheck() {}

    /**
     * Checks the truth of every view of a scene.
     *
     * @param name names the scene in error messages
     * @throws IOException if a depth is negative or not finite, a view has no depth at all, or a camera is not rigid or
     *     has no positive focal length; the message names scene and view
     */
    public static void check(TrainingScene scene, String name) throws IOException {
        int pixels = scene.rows() * scene.columns();
        for (int view = 0; view < scene.views(); view++) {
            String where = name + ", view " + view;
            checkDepth(scene.depth(), view * pixels, pixels, where);
            Camera camera = scene.camera(view);
            try {
                Pose pose = camera.pose();
                pose.requireRigid("the camera pose of " + where);
                camera.intrinsics().requireValid("the intrinsics of " + where);
            } catch (IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    /**
     * Checks that a scene has enough views for a phase.
     *
     * @throws IOException if it has fewer than {@code views}; the message names the scene
     */
    public static void requireViews(TrainingScene scene, int views, String name) throws IOException {
        if (scene.views() < views) {
            throw new IOException(
                    name + " must have at least " + views + " views, as the phase requires, got " + scene.views());
        }
    }

    private static void checkDepth(float[] depth, int from, int pixels, String where) throws IOException {
        int valid = 0;
        for (int i = 0; i < pixels; i++) {
            float value = depth[from + i];
            if (!(value >= 0) || Float.isInfinite(value)) {
                throw new IOException(
                        "the depth of " + where + " must be finite and at least 0, got " + value + " at pixel " + i);
            }
            valid += value > 0 ? 1 : 0;
        }
        if (valid == 0) {
            throw new IOException("the depth of " + where + " must be known in at least one pixel, got none");
        }
    }
}
