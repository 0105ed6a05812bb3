package da3.video;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Frames that wait for a slow consumer, at most a few. If there is no room, one of them is dropped so that the others
 * are evenly spaced in time. The newest frame is never dropped.
 */
final class FrameQueue {

    private final int capacity;
    private final List<LiveFrame> frames = new ArrayList<>();
    private double lastTaken = Double.NEGATIVE_INFINITY;
    private long lastArrival = System.nanoTime();
    private long dropped;
    private boolean ended;

    /** @param capacity maximum number of frames, at least 2 */
    FrameQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Records that the source is alive, whether or not its frame is added. */
    synchronized void arrived() {
        lastArrival = System.nanoTime();
    }

    /** Adds the newest frame. */
    synchronized void add(LiveFrame frame) {
        frames.add(frame);
        if (frames.size() > capacity) {
            frames.remove(crowded());
            dropped++;
        }
        notifyAll();
    }

    /** Returns the index of the frame whose neighbors are closest to each other in time. */
    private int crowded() {
        int best = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i + 1 < frames.size(); i++) {
            double before = i == 0 ? lastTaken : frames.get(i - 1).seconds();
            double gap = frames.get(i + 1).seconds() - before;
            if (gap < smallest) {
                smallest = gap;
                best = i;
            }
        }
        return best;
    }

    /** Ends the queue; frames that wait can still be taken. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /**
     * Takes the oldest frame, and waits for it while frames arrive. Empty if the queue has ended, or if no frame has
     * arrived for a time.
     *
     * @param stall this time
     */
    synchronized Optional<LiveFrame> take(Duration stall) throws InterruptedException {
        while (frames.isEmpty() && !ended) {
            long rest = stall.toNanos() - (System.nanoTime() - lastArrival);
            if (rest <= 0) {
                return Optional.empty();
            }
            wait(rest / 1_000_000 + 1);
        }
        if (frames.isEmpty()) {
            return Optional.empty();
        }
        LiveFrame frame = frames.remove(0);
        lastTaken = frame.seconds();
        return Optional.of(frame);
    }

    synchronized boolean ended() {
        return ended;
    }

    synchronized long dropped() {
        return dropped;
    }
}
