package da3.train.optimizer;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Parameters that are trained in the same way.
 *
 * @param pattern pattern that is searched for in the names of parameters
 * @param optimizer creates the optimizer of the parameters
 */
public record OptimizerGroup(Pattern pattern, Function<List<ParameterSlot>, Optimizer> optimizer) {}
