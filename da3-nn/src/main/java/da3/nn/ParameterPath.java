package da3.nn;

import java.nio.FloatBuffer;

/** A place in a checkpoint's tree of names: loading a layer is path + name. */
public final class ParameterPath {

    private final Engine engine;
    private final WeightSource source;
    private final String path;

    private ParameterPath(Engine engine, WeightSource source, String path) {
        this.engine = engine;
        this.source = source;
        this.path = path;
    }

    /** The root of a network's names, for instance {@code model}. */
    public static ParameterPath root(Engine engine, WeightSource source, String path) {
        return new ParameterPath(engine, source, path);
    }

    public Engine engine() {
        return engine;
    }

    /** One step, or several joined by dots, down the tree. */
    public ParameterPath at(Object child) {
        return new ParameterPath(engine, source, path + "." + child);
    }

    public Parameter plain(String name, int... shape) {
        return parameter(name, Parameter.Role.PLAIN, shape);
    }

    public Parameter linear(String name, int... shape) {
        return parameter(name, Parameter.Role.LINEAR, shape);
    }

    public Parameter convolution(String name, int out, int in) {
        return parameter(name, Parameter.Role.CONVOLUTION, out, in, 3, 3);
    }

    public Parameter transposedConvolution(String name, int in, int out, int k) {
        return parameter(name, Parameter.Role.TRANSPOSED_CONVOLUTION, in, out, k, k);
    }

    /** Declares values that {@link #values} will read. */
    public void require(String name, int... shape) {
        source.require(path + "." + name, shape);
    }

    /** Values for the host, read now: for tables that are worked on before an engine sees them. */
    public float[] values(String name, int... shape) {
        int size = 1;
        for (int s : shape) {
            size *= s;
        }
        float[] values = new float[size];
        source.read(path + "." + name, shape, FloatBuffer.wrap(values));
        return values;
    }

    private Parameter parameter(String name, Parameter.Role role, int... shape) {
        require(name, shape);
        return engine.parameter(source, path + "." + name, role, shape);
    }
}
