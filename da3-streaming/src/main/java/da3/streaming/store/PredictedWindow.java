package da3.streaming.store;

import java.util.List;

/**
 * The exact prediction of a window, before it is placed in the map.
 *
 * @param number number of the window, from 0
 * @param metric whether its unit is the meter
 * @param frames all its frames, also those that it shares with other windows
 */
public record PredictedWindow(int number, boolean metric, List<PredictedFrame> frames) {

    public PredictedWindow {
        frames = List.copyOf(frames);
    }
}
