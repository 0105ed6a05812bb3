package da3.train.data;

import da3.train.data.RandomStreams.Purpose;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The batches of a run. Every batch depends only on the seed of the run and the step, so a resumed run trains on the
 * same batches wherever it was interrupted.
 *
 * <p>Scenes are in a new random order each time all have been used. Each scene uses a random subset of its views in
 * random order; the first one is the reference view.
 */
public final class BatchSource {

    /** A phase and the scenes that it draws from. */
    public record PhaseData(Phase phase, SceneSource scenes) {}

    private final List<PhaseData> phases;
    private final Augmentation augmentation;
    private final long seed;
    private final int batches;
    private final double posedProbability;
    private final boolean fixedViews;
    private Order order; // the last one used

    private record Order(SceneSource scenes, long epoch, int[] indices) {}

    /**
     * @param batches number of batches that a step is split into; the number of scenes of a step is a multiple of it
     * @param posedProbability probability that the network is given the cameras of a batch
     * @param fixedViews whether every scene uses its first views in order instead of a random subset
     */
    public BatchSource(
            List<PhaseData> phases,
            Augmentation augmentation,
            long seed,
            int batches,
            double posedProbability,
            boolean fixedViews) {
        this.phases = List.copyOf(phases);
        this.augmentation = augmentation;
        this.seed = seed;
        this.batches = batches;
        this.posedProbability = posedProbability;
        this.fixedViews = fixedViews;
    }

    /** Returns the number of steps of all phases. */
    public long steps() {
        return phases.stream().mapToLong(p -> p.phase().steps()).sum();
    }

    /** Returns the shape of a step. */
    public BatchShape shape(long step) {
        return phaseOf(step).data.phase().shape(RandomStreams.of(Purpose.SHAPE, seed, step, 0), batches);
    }

    /**
     * Reads the batches of a step, all of one shape.
     *
     * @param step from 0
     * @throws IOException if a scene cannot be read, has fewer views than the phase requires, or has truth that
     *     {@link SceneCheck} rejects
     */
    public List<Batch> read(long step) throws IOException {
        PhaseAt at = phaseOf(step);
        BatchShape shape = shape(step);
        List<Batch> read = new ArrayList<>();
        int share = shape.scenes() / batches;
        for (int batch = 0; batch < batches; batch++) {
            List<TrainingScene> scenes = new ArrayList<>();
            for (int i = 0; i < share; i++) {
                scenes.add(scene(at, step, batch * share + i, shape));
            }
            double draw = RandomStreams.of(Purpose.POSES, seed, step, batch).nextDouble();
            read.add(new Batch(scenes, draw < posedProbability));
        }
        return read;
    }

    private TrainingScene scene(PhaseAt at, long step, int slot, BatchShape shape) throws IOException {
        SceneSource scenes = at.data.scenes();
        int index = index(scenes, (step - at.start) * at.data.phase().scenesPerStep() + slot);
        TrainingScene scene = scenes.read(index);
        SceneCheck.requireViews(scene, shape.views(), scenes.name(index));
        TrainingScene chosen = scene.subset(views(scene, shape.views(), step, slot));
        SceneCheck.check(chosen, scenes.name(index));
        SplittableRandom geometry = RandomStreams.of(Purpose.GEOMETRY, seed, step, slot);
        SplittableRandom color = RandomStreams.of(Purpose.COLOR, seed, step, slot);
        return SceneAugmentation.apply(chosen, augmentation, shape.rows(), shape.columns(), geometry, color);
    }

    private int[] views(TrainingScene scene, int count, long step, int slot) {
        if (fixedViews) {
            return IntStream.range(0, count).toArray();
        }
        return Arrays.copyOf(
                RandomStreams.order(RandomStreams.of(Purpose.VIEWS, seed, step, slot), scene.views()), count);
    }

    /** The scene of a sample; samples run through random orders of all scenes. */
    private synchronized int index(SceneSource scenes, long sample) {
        long epoch = sample / scenes.scenes();
        if (order == null || order.epoch != epoch || order.scenes != scenes) {
            order = new Order(
                    scenes,
                    epoch,
                    RandomStreams.order(RandomStreams.of(Purpose.ORDER, seed, epoch, 0), scenes.scenes()));
        }
        return order.indices[(int) (sample % scenes.scenes())];
    }

    private record PhaseAt(PhaseData data, long start) {}

    private PhaseAt phaseOf(long step) {
        long start = 0;
        for (PhaseData phase : phases) {
            if (step < start + phase.phase().steps()) {
                return new PhaseAt(phase, start);
            }
            start += phase.phase().steps();
        }
        throw new IllegalArgumentException("step must be 0 to " + (start - 1) + ", got " + step);
    }
}
