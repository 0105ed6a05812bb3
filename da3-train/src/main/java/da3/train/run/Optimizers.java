package da3.train.run;

import da3.train.config.OptimizationSettings;
import da3.train.optimizer.AdamW;
import da3.train.optimizer.AdamWOptions;
import da3.train.optimizer.MatrixProduct;
import da3.train.optimizer.Muon;
import da3.train.optimizer.MuonOptions;
import da3.train.optimizer.Optimizer;
import da3.train.optimizer.OptimizerGroup;
import da3.train.optimizer.OptimizerGroups;
import da3.train.optimizer.ParameterSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Creates the optimizers of a configuration. */
final class Optimizers {

    private Optimizers() {}

    /**
     * Returns the optimizers of the trained parameters, grouped by name.
     *
     * @param product matrix product for Muon
     * @param threads number of threads for loops over parameters
     */
    static Optimizer of(OptimizationSettings settings, List<ParameterSlot> slots, MatrixProduct product, int threads) {
        List<OptimizerGroup> groups = new ArrayList<>();
        for (OptimizationSettings.Group group : settings.groups()) {
            groups.add(new OptimizerGroup(group.pattern(), optimizer(group, product, threads)));
        }
        return new OptimizerGroups(slots, groups);
    }

    private static Function<List<ParameterSlot>, Optimizer> optimizer(
            OptimizationSettings.Group group, MatrixProduct product, int threads) {
        if (group.kind() == OptimizationSettings.Kind.MUON) {
            MuonOptions options = MuonOptions.defaults()
                    .withLearningRate(group.learningRate())
                    .withWeightDecay(group.weightDecay());
            return slots -> new Muon(slots, options, product, threads);
        }
        AdamWOptions options =
                AdamWOptions.defaults().withLearningRate(group.learningRate()).withWeightDecay(group.weightDecay());
        return slots -> new AdamW(slots, options, threads); // frozen parameters are in no slot
    }
}
