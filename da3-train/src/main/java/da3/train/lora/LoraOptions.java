package da3.train.lora;

import da3.geometry.check.Check;
import java.util.List;

/**
 * Settings of low-rank adapters.
 *
 * @param rank number of rows of A and columns of B
 * @param alpha the product B A is scaled by alpha / rank
 * @param targets last parts of the names of the linear maps to adapt, for instance {@code qkv} or {@code attn.qkv}, as
 *     in the {@code target_modules} of the PEFT library
 */
public record LoraOptions(int rank, double alpha, List<String> targets) {

    /** The linear maps of transformer blocks. */
    public static final List<String> DEFAULT_TARGETS = List.of("qkv", "proj", "fc1", "fc2");

    private static final String WEIGHT = ".weight";

    public LoraOptions {
        Check.positive("rank", rank);
        Check.finite("alpha", alpha);
        targets = List.copyOf(targets);
    }

    /** Returns the factor of B A. */
    public double scale() {
        return alpha / rank;
    }

    /** Returns whether a tensor is the weight of a linear map to adapt. Convolutions are not adapted. */
    public boolean adapts(String name, int[] shape) {
        if (shape.length != 2 || !name.endsWith(WEIGHT)) {
            return false;
        }
        String module = module(name);
        return targets.stream().anyMatch(target -> module.equals(target) || module.endsWith("." + target));
    }

    /** Returns the name of the linear map with a weight. */
    public static String module(String weight) {
        return weight.substring(0, weight.length() - WEIGHT.length());
    }
}
