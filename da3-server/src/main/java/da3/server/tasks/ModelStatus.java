package da3.server.tasks;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a {@link ModelHolder} holds.
 *
 * @param loaded whether it is ready
 * @param loading whether it is being loaded
 * @param name as it was called
 * @param engine what computes, in one sentence; absent unless loaded
 * @param loadTime how long loading took; absent unless loaded
 * @param lastUsed when it last began or ended a prediction
 * @param camera whether it predicts cameras; false unless loaded, as the next two
 * @param gaussians whether it predicts Gaussians
 * @param metric whether its lengths are meters
 * @param processingSize longer side that it brings photos to unless a task says otherwise; absent unless loaded
 * @param failure why loading failed, one sentence; absent otherwise
 */
public record ModelStatus(
        boolean loaded,
        boolean loading,
        String name,
        Optional<String> engine,
        Optional<Duration> loadTime,
        Optional<Instant> lastUsed,
        boolean camera,
        boolean gaussians,
        boolean metric,
        OptionalInt processingSize,
        Optional<String> failure) {}
