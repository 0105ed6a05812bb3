package da3.server.wire;

import da3.core.Request;
import da3.core.ViewPrior;
import da3.export.JobOptions;
import da3.geometry.Image;
import da3.geometry.check.Check;
import da3.nn.ModelConfig;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Options of a task.
 *
 * @param job options of inference and export; a task that streams uses only those of inference
 * @param priors priors of the views, one per image; empty if there are none
 * @param stream options of streaming; empty if all views are predicted together
 */
public record TaskOptions(JobOptions job, List<ViewPrior> priors, Optional<StreamOptions> stream) {

    public TaskOptions {
        priors = priors.stream().allMatch(ViewPrior.NONE::equals) ? List.of() : List.copyOf(priors);
        if (stream.isPresent() && !priors.isEmpty()) {
            throw Check.invalid("number of views with priors", "0 for a task that streams", priors.size());
        }
    }

    /** Returns options without priors. */
    public static TaskOptions of(JobOptions job) {
        return new TaskOptions(job, List.of(), Optional.empty());
    }

    /** Returns the defaults of the reference implementation. */
    public static TaskOptions defaults() {
        return of(JobOptions.defaults());
    }

    /** Returns these options with a changed job, for instance {@code withJob(job -> job.formats(ExportFormat.GLB))}. */
    public TaskOptions withJob(UnaryOperator<JobOptions.Builder> change) {
        return new TaskOptions(change.apply(job.toBuilder()).build(), priors, stream);
    }

    /** Returns these options with other priors. */
    public TaskOptions withPriors(List<ViewPrior> priors) {
        return new TaskOptions(job, priors, stream);
    }

    /** Returns these options for a task that streams. */
    public TaskOptions withStream(StreamOptions options) {
        return new TaskOptions(job, priors, Optional.of(options));
    }

    /** Returns these options with the resolution of the model if none is set. */
    public TaskOptions resolvedFor(ModelConfig model) {
        return withJob(
                change -> change.inference(o -> o.resolution(job.inference().resolutionFor(model))));
    }

    /** Returns whether the network has to estimate cameras before it can be conditioned on the known poses. */
    public boolean posesAreIncomplete() {
        return priors.stream().anyMatch(prior -> prior.pose().isPresent())
                && priors.stream()
                        .anyMatch(prior ->
                                prior.pose().isEmpty() || prior.intrinsics().isEmpty());
    }

    /** Returns the request for images, without a hash of the weights, which no result contains. */
    public Request request(List<Image> images) {
        return new Request(
                images, priors, job.inference().toBuilder().weightsHash(false).build());
    }
}
