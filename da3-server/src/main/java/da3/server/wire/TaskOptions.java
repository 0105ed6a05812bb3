package da3.server.wire;

import da3.core.Request;
import da3.core.ViewPrior;
import da3.export.JobOptions;
import da3.geometry.Image;
import da3.nn.ModelConfig;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a task computes and writes.
 *
 * @param job how the task is computed and which formats it writes
 * @param priors what is known of each view, one per image; empty if nothing is known
 */
public record TaskOptions(JobOptions job, List<ViewPrior> priors) {

    public TaskOptions {
        priors = priors.stream().allMatch(ViewPrior.NONE::equals) ? List.of() : List.copyOf(priors);
    }

    /** Returns options without priors. */
    public static TaskOptions of(JobOptions job) {
        return new TaskOptions(job, List.of());
    }

    /** Returns the reference implementation's defaults. */
    public static TaskOptions defaults() {
        return of(JobOptions.defaults());
    }

    /** Returns these options with a changed job, for instance {@code withJob(job -> job.formats(ExportFormat.GLB))}. */
    public TaskOptions withJob(UnaryOperator<JobOptions.Builder> change) {
        return new TaskOptions(change.apply(job.toBuilder()).build(), priors);
    }

    /** Returns these options with other priors. */
    public TaskOptions withPriors(List<ViewPrior> priors) {
        return new TaskOptions(job, priors);
    }

    /** Returns these options with the resolution that a model resizes images to. */
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

    /** Returns the request for images, without a digest of the weights, which no result contains. */
    public Request request(List<Image> images) {
        return new Request(
                images, priors, job.inference().toBuilder().weightsHash(false).build());
    }
}
