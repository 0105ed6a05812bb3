package da3.evaluation.suite.dataset;

import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A random choice of frames, in ascending order. It is the choice of the reference (method {@code _sample_frames} of
 * src/depth_anything_3/bench/evaluator.py), which seeds Python's generator again for each scene.
 *
 * @param maxFrames frames to choose; scenes of fewer frames keep all
 * @param seed seed of Python's generator
 */
public record FrameSampling(int maxFrames, long seed) {

    /** Checks that at least one frame is chosen. */
    public FrameSampling {
        Check.atLeast("maximum number of frames", 1, maxFrames);
    }

    /** Returns the sampling of the reference: 100 frames by seed 42. */
    public static FrameSampling defaults() {
        return new FrameSampling(100, 42);
    }

    /** Returns the chosen ones of these frames, in their order. */
    public <T> List<T> sample(List<T> frames) {
        return IntStream.of(indices(frames.size())).mapToObj(frames::get).toList();
    }

    /**
     * Returns the indices of the chosen frames, ascending.
     *
     * @param frames number of frames to choose from
     */
    int[] indices(int frames) {
        int[] indices = IntStream.range(0, frames).toArray();
        if (frames <= maxFrames) {
            return indices;
        }
        new PythonRandom(seed).shuffle(indices);
        int[] chosen = Arrays.copyOf(indices, maxFrames);
        Arrays.sort(chosen);
        return chosen;
    }
}
