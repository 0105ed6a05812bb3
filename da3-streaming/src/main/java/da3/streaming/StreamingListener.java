package da3.streaming;

import da3.streaming.store.LoopInfo;
import da3.streaming.store.WindowInfo;

/** A listener for the progress of a streaming run. */
@FunctionalInterface
public interface StreamingListener {

    /** A listener that does nothing. */
    StreamingListener SILENT = (window, frames) -> {};

    /**
     * Called when a window is on the disk. An exception ends the run; what is stored stays.
     *
     * @param window the window
     * @param frames number of frames of the map so far
     */
    void windowStored(WindowInfo window, int frames);

    /**
     * Called when a window of a {@linkplain StreamingPart part} is on the disk. An exception ends the run; what is
     * stored stays.
     *
     * @param window number of the window
     * @param frames number of its frames
     */
    default void windowPredicted(int window, int frames) {}

    /** Called before a window of a rig is stored, except for the first one. An exception ends the run. */
    default void scaleMeasured(RigScale scale) {}

    /** Called when the test of a loop is on the disk. */
    default void loopTested(LoopInfo loop) {}
}
