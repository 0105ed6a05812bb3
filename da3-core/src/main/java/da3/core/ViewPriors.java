package da3.core;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.check.Check;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Access to the priors of all views of a request, and their checks. */
final class ViewPriors {

    private ViewPriors() {}

    /** Returns the known poses by view, in ascending order. */
    static Map<Integer, Pose> poses(List<ViewPrior> priors) {
        Map<Integer, Pose> poses = new TreeMap<>();
        for (int view = 0; view < priors.size(); view++) {
            if (priors.get(view).pose().isPresent()) {
                poses.put(view, priors.get(view).pose().get());
            }
        }
        return Collections.unmodifiableMap(poses);
    }

    /** Returns the intrinsics of all views, or empty if none are known. */
    static Optional<List<Intrinsics>> intrinsics(List<ViewPrior> priors) {
        List<Intrinsics> known =
                priors.stream().flatMap(prior -> prior.intrinsics().stream()).toList();
        return known.isEmpty() ? Optional.empty() : Optional.of(known);
    }

    /** Returns whether any view has a measured depth. */
    static boolean hasSparseDepth(List<ViewPrior> priors) {
        return priors.stream().anyMatch(prior -> !prior.sparseDepth().isEmpty());
    }

    /**
     * Checks priors against the images they belong to.
     *
     * @param images sizes of the images in pixels
     * @throws IllegalArgumentException if there is neither one prior per image nor none at all, intrinsics are given for
     *     some views only, or a value is invalid; the message names the view
     */
    static void require(List<ViewPrior> priors, List<InputProcessing.Size> images) {
        if (priors.isEmpty()) {
            return;
        }
        requireOnePerImage("priors", priors, images.size());
        int calibrated = 0;
        for (int view = 0; view < priors.size(); view++) {
            ViewPrior prior = priors.get(view);
            if (prior.pose().isPresent()) {
                prior.pose().get().requireRigid("pose " + view);
            }
            if (prior.intrinsics().isPresent()) {
                prior.intrinsics().get().requireValid("intrinsics " + view);
                calibrated++;
            }
            for (int k = 0; k < prior.sparseDepth().size(); k++) {
                prior.sparseDepth()
                        .get(k)
                        .requireInside(
                                images.get(view).width(),
                                images.get(view).height(),
                                "depth sample " + k + " of view " + view);
            }
        }
        if (calibrated != 0 && calibrated != images.size()) {
            throw Check.invalid("number of views with intrinsics", "0 or " + images.size(), calibrated);
        }
    }

    static void requireOnePerImage(String name, List<?> given, int images) {
        if (given.size() != images) {
            throw Check.invalid("number of " + name, images + ", one per image", given.size());
        }
    }
}
