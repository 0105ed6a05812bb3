package da3.streaming.reference;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The result of {@link ReferenceStreaming}.
 *
 * @param windows the aligned windows, in order
 * @param loops the detected loops, including those that were not used
 * @param edges the measured transformations of the used loops
 */
public record ReferenceMap(List<AlignedWindow> windows, List<LoopPair> loops, List<LoopEdge> edges) {

    /** Returns the camera-to-world poses of all frames, in order. */
    public List<Pose> camerasToWorld() {
        return ofFrames(AlignedWindow::cameraToWorld);
    }

    /** Returns the intrinsics of all frames, in order, in pixels of the processed images. */
    public List<Intrinsics> intrinsics() {
        return ofFrames((window, frame) -> window.frame(frame).camera().intrinsics());
    }

    private <T> List<T> ofFrames(BiFunction<AlignedWindow, Integer, T> value) {
        List<T> values = new ArrayList<>();
        for (AlignedWindow window : windows) {
            window.emitted().frames().forEach(frame -> values.add(value.apply(window, frame)));
        }
        return values;
    }
}
