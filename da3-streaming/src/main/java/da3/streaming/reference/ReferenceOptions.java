package da3.streaming.reference;

import da3.geometry.check.Check;

/**
 * Options of the reference's procedure.
 *
 * @param windowSize number of frames of a window ({@code chunk_size})
 * @param overlap number of frames that neighboring windows share ({@code overlap})
 * @param loopFrames number of frames at each end of a loop ({@code loop_chunk_size}); an odd number is rounded down
 * @param method what is fitted to overlaps ({@code align_method})
 * @param scaleMethod how depths are compared, if the method uses them ({@code scale_compute_method})
 * @param alignment settings of the fit ({@code IRLS})
 * @param optimizer settings of the loop optimizer ({@code SIM3_Optimizer})
 * @param seed seed of random draws
 */
public record ReferenceOptions(
        int windowSize,
        int overlap,
        int loopFrames,
        AlignmentMethod method,
        ScaleMethod scaleMethod,
        HuberAlignment alignment,
        LoopOptimizer optimizer,
        long seed) {

    public ReferenceOptions {
        Check.atLeast("window size", 2, windowSize);
        Check.inRange("overlap", 1, windowSize - 1, overlap);
        Check.atLeast("number of frames at each end of a loop", 2, loopFrames);
    }

    /** Returns the options of {@code base_config.yaml}. */
    public static ReferenceOptions defaults() {
        return new ReferenceOptions(
                120,
                60,
                20,
                AlignmentMethod.SIM3,
                ScaleMethod.AUTO,
                HuberAlignment.defaults(),
                LoopOptimizer.defaults(),
                42);
    }

    public ReferenceOptions withWindows(int size, int newOverlap) {
        return new ReferenceOptions(size, newOverlap, loopFrames, method, scaleMethod, alignment, optimizer, seed);
    }

    public ReferenceOptions withLoopFrames(int frames) {
        return new ReferenceOptions(windowSize, overlap, frames, method, scaleMethod, alignment, optimizer, seed);
    }

    public ReferenceOptions withMethod(AlignmentMethod newMethod, ScaleMethod newScaleMethod) {
        return new ReferenceOptions(
                windowSize, overlap, loopFrames, newMethod, newScaleMethod, alignment, optimizer, seed);
    }
}
