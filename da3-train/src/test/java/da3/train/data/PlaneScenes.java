package da3.train.data;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.SplittableRandom;

/**
 * Views of the plane z = 4 in world coordinates from cameras with small rotations and translations, with exact truth.
 */
public record PlaneScenes(int scenes, int views, int rows, int columns) implements SceneSource {

    private static final double DISTANCE = 4;

    @Override
    public TrainingScene read(int index) {
        SplittableRandom random = new SplittableRandom(index);
        byte[] rgb = new byte[3 * views * rows * columns];
        random.nextBytes(rgb);
        float[] depth = new float[views * rows * columns];
        float[] extrinsics = new float[12 * views];
        float[] intrinsics = new float[9 * views];
        for (int view = 0; view < views; view++) {
            double turn = 0.3 * (random.nextDouble() - 0.5);
            Mat3 rotation = new Mat3(
                    Math.cos(turn),
                    0,
                    Math.sin(turn), //
                    0,
                    1,
                    0, //
                    -Math.sin(turn),
                    0,
                    Math.cos(turn));
            Vec3 translation = new Vec3(random.nextDouble(), random.nextDouble(), 0.2 * random.nextDouble());
            Intrinsics k = new Intrinsics(0.8 * columns, 0.8 * columns, columns / 2.0, rows / 2.0);
            Camera camera = new Camera(new Pose(rotation, translation), k);
            TrainingScene.putCamera(camera, view, extrinsics, intrinsics);
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    depth[(view * rows + y) * columns + x] = (float) depthAt(camera, x + 0.5, y + 0.5);
                }
            }
        }
        return new TrainingScene(views, rows, columns, rgb, depth, extrinsics, intrinsics);
    }

    @Override
    public String name(int index) {
        return "plane " + index;
    }

    /** Returns the depth of the plane at an image position. */
    static double depthAt(Camera camera, double x, double y) {
        Pose toWorld = camera.pose().inverse();
        return (DISTANCE - toWorld.translation().z())
                / toWorld.rotation().times(ray(camera, x, y)).z();
    }

    /** Returns the world point at an image position. */
    static Vec3 point(Camera camera, double x, double y, double depth) {
        return camera.pose().inverse().transform(ray(camera, x, y).times(depth));
    }

    private static Vec3 ray(Camera camera, double x, double y) {
        Intrinsics k = camera.intrinsics();
        return new Vec3((x - k.cx()) / k.fx(), (y - k.cy()) / k.fy(), 1);
    }
}
