package da3.server.tasks;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The state of a {@link ModelHolder}.
 *
 * @param loaded whether the model is loaded
 * @param loading whether the model is being loaded
 * @param name name of the model
 * @param engine description of the engine, one sentence; absent unless loaded
 * @param loadTime duration of loading; absent unless loaded
 * @param lastUsed time at which a prediction last started or ended
 * @param camera whether the model predicts cameras; false unless loaded
 * @param gaussians whether the model predicts Gaussians; false unless loaded
 * @param metric whether lengths are in meters; false unless loaded
 * @param processingSize default processing size, the longer side in pixels; absent unless loaded
 * @param failure why loading failed, one sentence; absent unless it failed
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
