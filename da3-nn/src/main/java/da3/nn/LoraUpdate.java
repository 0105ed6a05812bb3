package da3.nn;

/**
 * The low-rank update of the weight W of a linear map: W + s B A, with A (rank, in), B (out, rank) and a scale s. The
 * product B A is never computed, and gradients of A and B need no gradient of W.
 *
 * <p>Source: LoRA (Hu et al., arXiv 2106.09685).
 */
public final class LoraUpdate {

    private final Engine engine;
    private final Parameter a; // (rank, in)
    private final Parameter b; // (out, rank)
    private final Parameter scale; // (rank, rank), s times the identity

    /**
     * Declares the tensors of an update.
     *
     * @param source source of {@link #nameOfA}, {@link #nameOfB} and {@link #nameOfScale}
     * @param module name of the linear map, for instance {@code model.backbone.pretrained.blocks.0.attn.qkv}
     * @throws WeightsException if there is no such tensor or its shape differs
     */
    public LoraUpdate(Engine engine, WeightSource source, String module, int rank, int in, int out) {
        this.engine = engine;
        this.a = parameter(engine, source, nameOfA(module), rank, in);
        this.b = parameter(engine, source, nameOfB(module), out, rank);
        this.scale = parameter(engine, source, nameOfScale(module), rank, rank);
    }

    private static Parameter parameter(Engine engine, WeightSource source, String name, int out, int in) {
        source.require(name, out, in);
        return engine.parameter(source, name, Parameter.Role.LINEAR, out, in);
    }

    /** Returns the name of A, which is that of the PEFT library. */
    public static String nameOfA(String module) {
        return module + ".lora_A.weight";
    }

    /** Returns the name of B, which is that of the PEFT library. */
    public static String nameOfB(String module) {
        return module + ".lora_B.weight";
    }

    /** Returns the name of the scale times the identity, which is constant and in no file. */
    public static String nameOfScale(String module) {
        return module + ".lora_scale";
    }

    /** Returns activation(x (W + s B A)^T + bias): (.., in) -> (.., out). {@code bias} may be null. */
    public Tensor linear(Tensor x, Parameter weight, Parameter bias, Activation activation) {
        Tensor y = engine.linear(x, weight, bias, Activation.NONE);
        Tensor updated = engine.linearResidual(reduced(x), b, null, null, y);
        return activation == Activation.NONE ? updated : engine.activate(updated, activation);
    }

    /**
     * Returns residual + gamma * (x (W + s B A)^T + bias): (.., in) -> (.., out). {@code gamma} may be null, meaning 1.
     */
    public Tensor linearResidual(Tensor x, Parameter weight, Parameter bias, Parameter gamma, Tensor residual) {
        Tensor y = engine.linearResidual(x, weight, bias, gamma, residual);
        return engine.linearResidual(reduced(x), b, null, gamma, y);
    }

    /** Returns s x A^T: (.., in) -> (.., rank). */
    private Tensor reduced(Tensor x) {
        return engine.linear(engine.linear(x, a, null, Activation.NONE), scale, null, Activation.NONE);
    }
}
