package da3.io;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Creates scenes for tests of writers. */
final class Scenes {

    private Scenes() {}

    static Scene of(boolean metric, View... views) {
        return new Scene(List.of(views), Optional.empty(), metric);
    }

    /** Returns a scene of two views with random images, maps and cameras, but without sky. */
    static Scene random(int width, int height, long seed) {
        Random random = new Random(seed);
        return of(false, randomView(width, height, random), randomView(width, height, random));
    }

    private static View randomView(int width, int height, Random random) {
        byte[] rgb = new byte[3 * width * height];
        random.nextBytes(rgb);
        double angle = random.nextDouble();
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        Pose pose = new Pose(
                new Mat3(cos, 0, sin, 0, 1, 0, -sin, 0, cos),
                new Vec3(random.nextDouble(), random.nextDouble(), random.nextDouble()));
        return new View(
                new Image(width, height, rgb),
                map(width, height, 0.5f, random),
                Optional.of(map(width, height, 1, random)),
                Optional.of(new Camera(pose, new Intrinsics(width, width, width / 2.0, height / 2.0))));
    }

    private static ScalarMap map(int width, int height, float min, Random random) {
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = min + random.nextFloat();
        }
        return new ScalarMap(width, height, values);
    }

    /** Returns a view of one color with depth, but without confidence and camera. */
    static View plain(int width, int height, float... depths) {
        byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) 77);
        return new View(
                new Image(width, height, rgb),
                new ScalarMap(width, height, depths),
                Optional.empty(),
                Optional.empty());
    }
}
