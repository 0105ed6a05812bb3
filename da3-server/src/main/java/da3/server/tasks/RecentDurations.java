package da3.server.tasks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Durations of the last ten tasks, to estimate when the queue accepts the next task. */
final class RecentDurations {

    private static final int CAPACITY = 10;
    private static final Duration DEFAULT = Duration.ofSeconds(30);

    private final Deque<Duration> last = new ArrayDeque<>();

    synchronized void add(Duration duration) {
        last.add(duration);
        if (last.size() > CAPACITY) {
            last.remove();
        }
    }

    /** Returns the time until the running task ends if it takes as long as the mean; whole seconds, 1 to 3600. */
    synchronized Duration estimateWait(Optional<Instant> runningSince, Instant now) {
        Duration mean = last.isEmpty()
                ? DEFAULT
                : last.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(last.size());
        Duration elapsed =
                runningSince.map(start -> Duration.between(start, now)).orElse(Duration.ZERO);
        long seconds = (mean.minus(elapsed).toMillis() + 999) / 1000;
        return Duration.ofSeconds(Math.max(1, Math.min(3600, seconds)));
    }
}
