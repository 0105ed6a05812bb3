package da3.train.lora;

import da3.geometry.check.Check;
import da3.nn.LoraUpdate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A trained adapter: the matrices A and B of linear maps, and tensors that replace those of the base.
 *
 * @param tensors by checkpoint name; see {@link LoraUpdate} for the names of A and B
 * @param base model that the adapter was trained on
 */
public record LoraAdapter(LoraOptions options, Map<String, Tensor> tensors, BaseModel base) {

    /**
     * A tensor.
     *
     * @param shape lengths of the dimensions, slowest first
     * @param values row-major
     */
    public record Tensor(int[] shape, float[] values) {

        boolean hasShape(int... expected) {
            return Arrays.equals(shape, expected);
        }
    }

    /** Copies the map, which keeps its order. */
    public LoraAdapter {
        tensors = new LinkedHashMap<>(tensors);
    }

    /**
     * Returns the values of a tensor of the base with this adapter.
     *
     * @param name checkpoint name
     * @param shape shape of the tensor in the base
     * @param values values in the base, which are returned if the adapter does not concern the tensor
     * @throws IllegalArgumentException if a tensor of the adapter does not fit this shape
     */
    public float[] applied(String name, int[] shape, float[] values) {
        if (tensors.containsKey(name)) {
            return require(name, shape).values();
        }
        Optional<String> module = module(name, ".weight").filter(m -> tensors.containsKey(LoraUpdate.nameOfA(m)));
        if (module.isEmpty()) {
            return values;
        }
        if (shape.length != 2) {
            throw Check.invalid("dimensions of " + name + ", which has an update", "2", shape.length);
        }
        Tensor a = require(LoraUpdate.nameOfA(module.get()), options.rank(), shape[1]);
        Tensor b = require(LoraUpdate.nameOfB(module.get()), shape[0], options.rank());
        return LoraMerge.merged(values, a.values(), b.values(), options.rank(), options.scale());
    }

    private Tensor require(String name, int... shape) {
        Tensor tensor = tensors.get(name);
        if (tensor == null || !tensor.hasShape(shape)) {
            throw Check.invalid(
                    "shape of " + name + " in the adapter",
                    Arrays.toString(shape),
                    tensor == null ? "no such tensor" : Arrays.toString(tensor.shape()));
        }
        return tensor;
    }

    /** Returns the name of the base's tensor that a tensor of the adapter changes. */
    static String changed(String name) {
        return module(name, LoraUpdate.nameOfA(""))
                .or(() -> module(name, LoraUpdate.nameOfB("")))
                .map(module -> module + ".weight")
                .orElse(name);
    }

    private static Optional<String> module(String name, String suffix) {
        return name.endsWith(suffix)
                ? Optional.of(name.substring(0, name.length() - suffix.length()))
                : Optional.empty();
    }

    /**
     * Checks that every tensor belongs to one of the base.
     *
     * @param shapes shapes of the tensors of the base, by name
     * @throws IllegalArgumentException naming a tensor that does not
     */
    public void requireFits(Map<String, int[]> shapes) {
        for (String name : tensors.keySet()) {
            if (!shapes.containsKey(changed(name))) {
                throw Check.invalid("tensors of the adapter", "for tensors of the base", name);
            }
        }
    }
}
