package da3.server.tasks;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Decides when a live map is updated: after each window, and after loops at most every five seconds, since an update
 * solves the pose graph and moves all points.
 */
final class LiveUpdates {

    private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

    private final Update update;
    private final LongSupplier clock;
    private long last; // time of the last update
    private boolean pending; // whether a loop was accepted after the last update

    /** Updates a live map. */
    @FunctionalInterface
    interface Update {
        void run() throws IOException;
    }

    /** @param clock monotonic time in nanoseconds, such as {@link System#nanoTime} */
    LiveUpdates(Update update, LongSupplier clock) {
        this.update = update;
        this.clock = clock;
        last = clock.getAsLong();
    }

    /** Updates the map, which has new frames. */
    void windowStored() throws IOException {
        update();
    }

    /** Updates the map, which has a new loop, if the previous update is at least five seconds old. */
    void loopAccepted() throws IOException {
        pending = true;
        if (clock.getAsLong() - last >= INTERVAL_NANOS) {
            update();
        }
    }

    /** Updates the map if it lacks loops. */
    void finish() throws IOException {
        if (pending) {
            update();
        }
    }

    private void update() throws IOException {
        update.run();
        last = clock.getAsLong(); // after the update, so that a slow one does not follow another at once
        pending = false;
    }
}
