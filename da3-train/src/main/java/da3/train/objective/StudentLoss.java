package da3.train.objective;

import java.util.Map;

/**
 * The value of the student objective and its gradient.
 *
 * @param terms in this order: depth, ray, ray_direction, ray_origin, point, camera, camera_translation,
 *     camera_quaternion, camera_fov, gradient; each before its weight in the total. Ray is the weighted mean of its two
 *     halves
 * @param total weighted sum of depth, ray, point, camera and gradient; not finite if a prediction is not
 * @param gradients of the total with respect to each prediction
 * @param truth the normalized truth that predictions were compared with
 */
public record StudentLoss(
        Map<String, Double> terms, double total, StudentPrediction gradients, NormalizedTruth truth) {}
