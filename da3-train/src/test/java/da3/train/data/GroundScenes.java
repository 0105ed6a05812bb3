package da3.train.data;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.io.ExportDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Single views of a ground that ends in the sky, with a box on it. The colors show what a pixel belongs to.
 *
 * @param focal focal length in widths of the image; images do not depend on it, and depth is proportional to it
 */
public record GroundScenes(int scenes, int rows, int columns, double focal) implements SceneSource {

    private static final double CAMERA_HEIGHT = 1.5;

    public GroundScenes(int scenes, int rows, int columns) {
        this(scenes, rows, columns, 1);
    }

    /** Writes all scenes as archives. */
    public void write(Path folder) throws IOException {
        write(folder, 1);
    }

    /** Writes all scenes as archives with depth raised to a power. */
    public void write(Path folder, double power) throws IOException {
        ExportDirectory directory = ExportDirectory.open(folder);
        for (int i = 0; i < scenes; i++) {
            TrainingScene scene = read(i);
            for (int pixel = 0; pixel < scene.depth().length; pixel++) {
                scene.depth()[pixel] = (float) Math.pow(scene.depth()[pixel], power);
            }
            SceneArchive.write(scene, true, directory, "ground-%02d.npz".formatted(i));
        }
    }

    @Override
    public TrainingScene read(int index) {
        SplittableRandom random = new SplittableRandom(index);
        double pixels = focal * columns; // focal length
        double horizon = rows * (0.3 + 0.2 * random.nextDouble());
        int left = random.nextInt(columns / 2);
        int right = left + columns / 4;
        int bottom = (int) (rows * (0.7 + 0.2 * random.nextDouble()));
        byte[] rgb = new byte[3 * rows * columns];
        boolean[] objects = new boolean[rows * columns];
        float[] depth = new float[rows * columns];
        for (int i = 0; i < depth.length; i++) {
            int row = i / columns;
            int column = i % columns;
            boolean box = column >= left && column < right && row >= rows / 4 && row < bottom;
            objects[i] = box;
            boolean sky = !box && row + 0.5 < horizon + rows / 7.0;
            double y = (box ? bottom : row) + 0.5;
            depth[i] = sky ? 0 : (float) (pixels * CAMERA_HEIGHT / (y - horizon));
            rgb[3 * i] = (byte) (sky ? 230 : 30);
            rgb[3 * i + 1] = (byte) (box ? 220 : 40);
            rgb[3 * i + 2] = (byte) (220 * row / rows);
        }
        float[] extrinsics = new float[12];
        float[] intrinsics = new float[9];
        Camera camera = new Camera(Pose.IDENTITY, new Intrinsics(pixels, pixels, columns / 2.0, horizon));
        TrainingScene.putCamera(camera, 0, extrinsics, intrinsics);
        return new TrainingScene(1, rows, columns, rgb, depth, extrinsics, intrinsics, Optional.of(objects));
    }

    @Override
    public String name(int index) {
        return "ground " + index;
    }
}
