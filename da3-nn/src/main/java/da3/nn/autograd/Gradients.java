package da3.nn.autograd;

import da3.nn.Parameter;
import da3.nn.Tensor;
import java.util.IdentityHashMap;
import java.util.Map;

/** The gradients of one backward pass, by parameter and by input. They live until the scope of the pass closes. */
public final class Gradients {

    private final DifferentiableEngine engine;
    private final Map<Object, Tensor> gradients = new IdentityHashMap<>();

    Gradients(DifferentiableEngine engine) {
        this.engine = engine;
    }

    /**
     * Returns the gradient with respect to a parameter, in the shape of the checkpoint.
     *
     * @return a tensor of the wrapped engine, or null if the parameter is frozen or unused
     */
    public Tensor get(Parameter parameter) {
        return gradients.get(parameter);
    }

    /**
     * Returns the gradient with respect to an input created by {@link AutogradEngine#input}.
     *
     * @return a tensor of the wrapped engine, or null if the input is unused
     */
    public Tensor get(Tensor input) {
        return gradients.get(input);
    }

    /** Returns the values of {@link #get(Parameter)}, row-major, or null. */
    public float[] values(Parameter parameter) {
        Tensor gradient = get(parameter);
        return gradient == null ? null : engine.download(gradient);
    }

    /** Sets the gradient of a parameter or an input. */
    void put(Object key, Tensor gradient) {
        gradients.put(key, gradient);
    }
}
