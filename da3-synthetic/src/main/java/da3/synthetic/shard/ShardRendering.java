package da3.synthetic.shard;

import da3.geometry.Camera;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.synthetic.PatternSizes;
import da3.synthetic.RandomScene;
import da3.synthetic.SceneFamily;
import da3.synthetic.SceneGenerator;
import da3.synthetic.solid.SolidCaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Renders random scenes to shards. The scene with index i has the seed {@code firstSeed + i} and the family at index i
 * modulo the number of families, so it depends on neither threads nor shard sizes.
 *
 * @param firstSeed seed of the first scene
 * @param scenes total number of scenes
 * @param scenesPerShard maximum number of scenes in one file; 256 scenes of 112x168 take 270 MB
 * @param families families of the scenes, used in turn
 * @param rows height of each image
 * @param columns width of each image
 * @param threads number of rendering threads
 * @param sensor what measures the depth of the scenes; without it, depth is exact
 * @param patternSizes how large the features of patterns are
 */
public record ShardRendering(
        long firstSeed,
        int scenes,
        int scenesPerShard,
        List<SceneFamily> families,
        int rows,
        int columns,
        int threads,
        Optional<DepthSensor> sensor,
        PatternSizes patternSizes) {

    /** @throws IllegalArgumentException if a number is not positive or no family is given */
    public ShardRendering {
        families = List.copyOf(families);
        Check.positive("scenes", scenes);
        Check.positive("scenesPerShard", scenesPerShard);
        Check.atLeast("number of families", 1, families.size());
        Check.positive("rows", rows);
        Check.positive("columns", columns);
        Check.positive("threads", threads);
    }

    /** Creates a rendering with exact depth. */
    public ShardRendering(
            long firstSeed,
            int scenes,
            int scenesPerShard,
            List<SceneFamily> families,
            int rows,
            int columns,
            int threads) {
        this(
                firstSeed,
                scenes,
                scenesPerShard,
                families,
                rows,
                columns,
                threads,
                Optional.empty(),
                PatternSizes.inPixels());
    }

    /** Returns the number of shards. */
    public int shards() {
        return (scenes + scenesPerShard - 1) / scenesPerShard;
    }

    /** Returns the path of a shard in a directory. */
    public Path file(Path directory, int shard) {
        return directory.resolve(String.format("scenes-%05d.shard", shard));
    }

    /**
     * Writes the shards {@code scenes-00000.shard} and so on. Complete shards of the same scenes and settings are kept, so
     * an interrupted rendering can be resumed; all others are replaced.
     *
     * @param directory created if it does not exist
     * @param progress receives the number of finished scenes after each scene, from any thread, but one call at a time
     * @return the shards, in order
     * @throws IOException if a file cannot be written
     */
    public List<Path> write(Path directory, IntConsumer progress) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int shard = 0; shard < shards(); shard++) {
            if (!write(directory, shard, progress)) {
                progress.accept(first(shard) + count(shard));
            }
            files.add(file(directory, shard));
        }
        return files;
    }

    /**
     * Writes a shard, for instance on one of several machines, unless it is complete.
     *
     * @param directory created if it does not exist
     * @param shard number of the shard, from 0
     * @param progress as in {@link #write(Path, IntConsumer)}
     * @return whether the shard was rendered
     * @throws IOException if the file cannot be written
     */
    public boolean write(Path directory, int shard, IntConsumer progress) throws IOException {
        Objects.checkIndex(shard, shards());
        Files.createDirectories(directory);
        if (isComplete(file(directory, shard), first(shard), count(shard))) {
            return false;
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            write(file(directory, shard), first(shard), count(shard), pool, progress);
        } finally {
            pool.shutdownNow();
        }
        return true;
    }

    /** Returns the index of the first scene of a shard. */
    private int first(int shard) {
        return shard * scenesPerShard;
    }

    /** Returns the number of scenes in a shard. */
    public int count(int shard) {
        return Math.min(scenesPerShard, scenes - first(shard));
    }

    /** Renders one scene. */
    public ShardScene render(int index) {
        RandomScene scene = new SceneGenerator(patternSizes).generate(firstSeed + index, family(index));
        int views = scene.views();
        int pixels = rows * columns;
        byte[] rgb = new byte[3 * views * pixels];
        float[] depth = new float[views * pixels];
        float[] extrinsics = new float[12 * views];
        float[] intrinsics = new float[9 * views];
        boolean[] objects = new boolean[views * pixels];
        for (int v = 0; v < views; v++) {
            SolidCaster.SolidView rendered = scene.renderSolids(v, rows, columns);
            View view = rendered.view();
            for (int i = 0; i < pixels; i++) {
                objects[v * pixels + i] = rendered.solids()[i] > 0; // the first solid is the room or the ground
            }
            System.arraycopy(view.image().rgb(), 0, rgb, 3 * v * pixels, 3 * pixels);
            System.arraycopy(view.depth().values(), 0, depth, v * pixels, pixels);
            Camera camera = scene.camera(v, rows, columns);
            copy(camera.pose().toMatrix3x4(), extrinsics, 12 * v);
            copy(camera.intrinsics().matrix().toArray(), intrinsics, 9 * v);
        }
        ShardScene exact = new ShardScene(
                scene.seed(),
                scene.family().name(),
                views,
                rows,
                columns,
                rgb,
                depth,
                extrinsics,
                intrinsics,
                Optional.of(objects));
        return sensor.map(s -> s.measured(exact)).orElse(exact);
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

    /**
     * Returns whether a complete shard of these scenes exists, judged by its length, sizes, the seed of the last scene, and
     * the values of the first scene, which is rendered again.
     */
    private boolean isComplete(Path file, int first, int count) {
        if (!Files.exists(file)) {
            return false;
        }
        try (ShardReader reader = new ShardReader(file)) {
            return reader.scenes() == count
                    && reader.views() == SceneGenerator.VIEWS
                    && reader.rows() == rows
                    && reader.columns() == columns
                    && isScene(reader.read(count - 1), first + count - 1)
                    && hasValues(reader.read(0), first);
        } catch (IOException e) {
            return false; // rendered again
        }
    }

    private boolean isScene(ShardScene scene, int index) {
        return scene.seed() == firstSeed + index
                && scene.family().equals(family(index).name());
    }

    private boolean hasValues(ShardScene scene, int index) {
        if (!isScene(scene, index)) {
            return false;
        }
        ShardScene rendered = render(index);
        return Arrays.equals(scene.rgb(), rendered.rgb())
                && Arrays.equals(scene.depth(), rendered.depth())
                && scene.objects().isPresent()
                && Arrays.equals(scene.objects().get(), rendered.objects().orElseThrow());
    }
}
