package da3.train.optimizer;

import java.util.Map;

/**
 * What an optimizer remembers between two steps.
 *
 * @param values arrays by name, which is the parameter's name, a colon, and what the array holds
 * @param steps how many steps each parameter has taken, by the parameter's name
 */
public record OptimizerState(Map<String, float[]> values, Map<String, Long> steps) {}
