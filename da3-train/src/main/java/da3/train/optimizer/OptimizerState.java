package da3.train.optimizer;

import java.util.Map;

/**
 * The state of an optimizer between two steps.
 *
 * @param values arrays by name: the name of the parameter, a colon, and the kind of state
 * @param steps number of steps that each parameter has taken, by the name of the parameter
 */
public record OptimizerState(Map<String, float[]> values, Map<String, Long> steps) {}
