package da3.streaming.store;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Random frames and windows for tests of the store. */
final class Frames {

    static final int WIDTH = 3;
    static final int HEIGHT = 2;

    private Frames() {}

    static StoredFrame frame(int number, int window) {
        Random random = new Random(number);
        float[] depth = new float[WIDTH * HEIGHT];
        float[] confidence = new float[WIDTH * HEIGHT];
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        random.nextBytes(rgb);
        for (int i = 0; i < depth.length; i++) {
            depth[i] = (float) Math.exp(random.nextGaussian());
            confidence[i] = 1 + (float) Math.exp(random.nextGaussian());
        }
        return new StoredFrame(
                new FrameInfo(
                        3L * number,
                        0.25 * number,
                        "frame \u00e9 " + number,
                        window,
                        camera(random),
                        number % 2 == 0 ? Optional.of(camera(random).pose()) : Optional.empty(),
                        number % 3 == 0 ? Optional.of(camera(random).intrinsics()) : Optional.empty()),
                new Image(WIDTH, HEIGHT, rgb),
                new ScalarMap(WIDTH, HEIGHT, depth),
                new ScalarMap(WIDTH, HEIGHT, confidence),
                new float[] {number, 0.5f});
    }

    static Camera camera(Random random) {
        Mat3 rotation =
                new Quaternion(random.nextGaussian(), random.nextGaussian(), random.nextGaussian(), 1).toMatrix();
        Vec3 translation = new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
        return new Camera(new Pose(rotation, translation), new Intrinsics(10, 11, 3.5, 2.5 + random.nextDouble()));
    }

    /** Appends windows of three frames that share one, with random content. */
    static void append(MapStore store, int windows, ColorCoding coding) throws IOException {
        for (int w = store.windows().size(); w < windows; w++) {
            int overlap = w == 0 ? 0 : 1;
            List<StoredFrame> frames = new ArrayList<>();
            for (int i = overlap; i < 3; i++) {
                frames.add(frame(store.size() + i - overlap, w));
            }
            Random random = new Random(w);
            Pose motion = camera(random).pose();
            store.append(
                    new WindowInfo(
                            w,
                            store.size() - overlap,
                            overlap,
                            List.of(camera(random), camera(random), camera(random)),
                            2.5,
                            true,
                            new Sim3(1.25, motion.rotation(), motion.translation()),
                            0.75,
                            0.01,
                            0.5),
                    frames,
                    coding);
        }
    }
}
