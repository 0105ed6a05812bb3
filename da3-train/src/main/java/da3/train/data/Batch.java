package da3.train.data;

import da3.core.InputProcessing;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Pose;
import da3.geometry.PoseEncoding;
import da3.geometry.align.PoseNormalization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Scenes that are processed together, all with the same image size and number of views. The first view of each is its
 * reference view.
 *
 * @param scenes at least one
 * @param posed whether the network is given the cameras
 */
public record Batch(List<TrainingScene> scenes, boolean posed) {

    public Batch {
        scenes = List.copyOf(scenes);
        TrainingScene first = scenes.get(0);
        for (TrainingScene scene : scenes) {
            if (scene.views() != first.views() || scene.rows() != first.rows() || scene.columns() != first.columns()) {
                throw new IllegalArgumentException("scenes of a batch must be alike, got " + shape(first) + " and "
                        + shape(scene) + " (views x rows x columns)");
            }
        }
    }

    private static String shape(TrainingScene scene) {
        return scene.views() + "x" + scene.rows() + "x" + scene.columns();
    }

    /** Returns the views of each scene. */
    public int views() {
        return scenes.get(0).views();
    }

    public int rows() {
        return scenes.get(0).rows();
    }

    public int columns() {
        return scenes.get(0).columns();
    }

    /** Returns all images normalized as the network's input: (scenes x views, 3, rows, columns). */
    public float[] images() {
        List<Image> images = new ArrayList<>();
        for (TrainingScene scene : scenes) {
            int values = 3 * rows() * columns();
            for (int view = 0; view < views(); view++) {
                byte[] rgb = Arrays.copyOfRange(scene.rgb(), view * values, (view + 1) * values);
                images.add(new Image(columns(), rows(), rgb));
            }
        }
        return InputProcessing.normalize(images);
    }

    /** Returns the depth of all views: (scenes x views, rows, columns), 0 where unknown. */
    public float[] depth() {
        return joined(scenes.stream().map(TrainingScene::depth).toList());
    }

    /** Returns where depth is known, that is above 0: (scenes x views, rows, columns). */
    public boolean[] known() {
        float[] depth = depth();
        boolean[] known = new boolean[depth.length];
        for (int i = 0; i < depth.length; i++) {
            known[i] = depth[i] > 0;
        }
        return known;
    }

    /** Returns which pixels show an object: (scenes x views, rows, columns); empty if a scene does not know it. */
    public Optional<boolean[]> objects() {
        int pixels = views() * rows() * columns();
        boolean[] all = new boolean[scenes.size() * pixels];
        for (int i = 0; i < scenes.size(); i++) {
            if (scenes.get(i).objects().isEmpty()) {
                return Optional.empty();
            }
            System.arraycopy(scenes.get(i).objects().get(), 0, all, i * pixels, pixels);
        }
        return Optional.of(all);
    }

    /** Returns the world-to-camera poses of all views: (scenes x views, 3, 4). */
    public float[] extrinsics() {
        return joined(scenes.stream().map(TrainingScene::extrinsics).toList());
    }

    /** Returns the intrinsics of all views in pixels: (scenes x views, 3, 3). */
    public float[] intrinsics() {
        return joined(scenes.stream().map(TrainingScene::intrinsics).toList());
    }

    /**
     * Returns the cameras as input of the network: (scenes x views, 9), in the frame of the first view and the unit
     * that inference uses.
     */
    public float[] poseEncodings() {
        List<Camera> cameras = new ArrayList<>();
        for (TrainingScene scene : scenes) {
            List<Pose> poses = new ArrayList<>();
            for (int view = 0; view < views(); view++) {
                poses.add(scene.camera(view).pose());
            }
            List<Pose> normalized = PoseNormalization.normalize(poses);
            for (int view = 0; view < views(); view++) {
                cameras.add(new Camera(normalized.get(view), scene.camera(view).intrinsics()));
            }
        }
        return PoseEncoding.ofAll(cameras, rows(), columns());
    }

    private static float[] joined(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
