package da3.server.tasks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How long the last tasks took, to tell when a place in the queue is likely. */
final class RecentDurations {

    private static final int COUNTED = 10;
    private static final Duration UNKNOWN = Duration.ofSeconds(30);

    private final Deque<Duration> last = new ArrayDeque<>();

    synchronized void add(Duration duration) {
        last.add(duration);
        if (last.size() > COUNTED) {
            last.remove();
        }
    }

    /** Until the running task ends, if it takes as long as the last did on average; whole seconds, 1 to 3600. */
    synchronized Duration untilNextPlace(Optional<Instant> runningSince, Instant now) {
        Duration mean = last.isEmpty()
                ? UNKNOWN
                : last.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(last.size());
        Duration elapsed =
                runningSince.map(start -> Duration.between(start, now)).orElse(Duration.ZERO);
        long seconds = (mean.minus(elapsed).toMillis() + 999) / 1000;
        return Duration.ofSeconds(Math.max(1, Math.min(3600, seconds)));
    }
}
