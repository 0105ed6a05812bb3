package da3.train.optimizer;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Parameters that are trained in the same way.
 *
 * @param pattern found in the names of the parameters
 * @param optimizer makes the optimizer of those parameters
 */
public record OptimizerGroup(Pattern pattern, Function<List<ParameterSlot>, Optimizer> optimizer) {}
