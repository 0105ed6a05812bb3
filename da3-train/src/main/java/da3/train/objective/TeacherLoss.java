package da3.train.objective;

import java.util.List;
import java.util.Map;

/**
 * The value of the teacher's objective and its gradient.
 *
 * @param terms in this order: gradient, global_local, normal, sky, object, global, then local_LEVEL for each level; each
 *     before its weight in the total. Global_local is the sum of the global term and all local ones
 * @param total weighted sum of the first five; not finite if a prediction is not
 * @param gradients of the total with respect to each prediction
 * @param images the alignments of each image and of its patches
 */
public record TeacherLoss(
        Map<String, Double> terms, double total, TeacherPrediction gradients, List<AlignedImage> images) {}
