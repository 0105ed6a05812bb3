package da3.synthetic.shard;

import da3.geometry.Camera;
import da3.geometry.View;
import da3.synthetic.RandomScene;
import da3.synthetic.SceneFamily;
import da3.synthetic.SceneGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Renders random scenes into shards. Scene number i has seed {@code firstSeed + i} and family i modulo their number, so
 * that neither threads nor shards change a scene.
 *
 * @param firstSeed of the first scene
 * @param scenes in all
 * @param scenesPerShard at most in one file; 256 of 112x168 are 270 MB
 * @param families in turn
 * @param rows of each image
 * @param columns of each image
 * @param threads that render at a time
 */
public record ShardRendering(
        long firstSeed,
        int scenes,
        int scenesPerShard,
        List<SceneFamily> families,
        int rows,
        int columns,
        int threads) {

    /** @throws IllegalArgumentException if a number is not positive or no family is given */
    public ShardRendering {
        families = List.copyOf(families);
        requirePositive("scenes", scenes);
        requirePositive("scenesPerShard", scenesPerShard);
        requirePositive("families", families.size());
        requirePositive("rows", rows);
        requirePositive("columns", columns);
        requirePositive("threads", threads);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, got " + value);
        }
    }

    /**
     * Writes the shards {@code scenes-00000.shard} and on. Shards that are there, whole and of these scenes are left as
     * they are, so that an interrupted rendering goes on where it was.
     *
     * @param directory made if it is not there
     * @param progress told after each scene how many are done, from any of the threads, one at a time
     * @return the shards, in order
     * @throws IOException if a file cannot be written
     */
    public List<Path> write(Path directory, IntConsumer progress) throws IOException {
        Files.createDirectories(directory);
        List<Path> shards = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int first = 0; first < scenes; first += scenesPerShard) {
                Path file = directory.resolve(String.format("scenes-%05d.shard", shards.size()));
                int count = Math.min(scenesPerShard, scenes - first);
                if (isWhole(file, first, count)) {
                    progress.accept(first + count);
                } else {
                    write(file, first, count, pool, progress);
                }
                shards.add(file);
            }
        } finally {
            pool.shutdownNow();
        }
        return shards;
    }

    /** Renders one scene. */
    public ShardScene render(int index) {
        RandomScene scene = new SceneGenerator().generate(firstSeed + index, family(index));
        int views = scene.views();
        int pixels = rows * columns;
        byte[] rgb = new byte[3 * views * pixels];
        float[] depth = new float[views * pixels];
        float[] extrinsics = new float[12 * views];
        float[] intrinsics = new float[9 * views];
        for (int v = 0; v < views; v++) {
            View view = scene.render(v, rows, columns);
            System.arraycopy(view.image().rgb(), 0, rgb, 3 * v * pixels, 3 * pixels);
            System.arraycopy(view.depth().values(), 0, depth, v * pixels, pixels);
            Camera camera = scene.camera(v, rows, columns);
            copy(camera.pose().toMatrix3x4(), extrinsics, 12 * v);
            copy(camera.intrinsics().matrix().toArray(), intrinsics, 9 * v);
        }
        return new ShardScene(
                scene.seed(), scene.family().name(), views, rows, columns, rgb, depth, extrinsics, intrinsics);
    }

    private SceneFamily family(int index) {
        return families.get(index % families.size());
    }

    private static void copy(double[] from, float[] to, int offset) {
        for (int i = 0; i < from.length; i++) {
            to[offset + i] = (float) from[i];
        }
    }

    private void write(Path file, int first, int count, ExecutorService pool, IntConsumer progress) throws IOException {
        int[] done = {first};
        try (ShardWriter writer = new ShardWriter(file, count, SceneGenerator.VIEWS, rows, columns)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int index = i;
                running.add(pool.submit(() -> {
                    writer.write(index, render(first + index));
                    synchronized (done) {
                        progress.accept(++done[0]);
                    }
                    return null;
                }));
            }
            try {
                for (Future<?> scene : running) {
                    await(scene);
                }
            } finally {
                running.forEach(scene -> scene.cancel(false));
            }
            writer.finish();
        }
    }

    private static void await(Future<?> scene) throws IOException {
        try {
            scene.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("rendering was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException("a scene could not be rendered: " + e.getCause(), e.getCause());
        }
    }

    /** Whether a shard is there and holds these scenes, by its length, sizes, and the first and the last scene. */
    private boolean isWhole(Path file, int first, int count) {
        if (!Files.exists(file)) {
            return false;
        }
        try (ShardReader reader = new ShardReader(file)) {
            return reader.scenes() == count
                    && reader.views() == SceneGenerator.VIEWS
                    && reader.rows() == rows
                    && reader.columns() == columns
                    && isScene(reader.read(0), first)
                    && isScene(reader.read(count - 1), first + count - 1);
        } catch (IOException e) {
            return false; // rendered anew
        }
    }

    private boolean isScene(ShardScene scene, int index) {
        return scene.seed() == firstSeed + index
                && scene.family().equals(family(index).name());
    }
}
