package da3.train.objective;

import java.util.Map;

/**
 * The value of the metric objective and its gradient.
 *
 * @param terms in this order: depth, gradient, sky; each before its weight in the total
 * @param total weighted sum; not finite if a prediction is not
 * @param gradients of the total with respect to each prediction
 */
public record MetricLoss(Map<String, Double> terms, double total, TeacherPrediction gradients) {}
