package da3.nn;

import java.nio.FloatBuffer;
import java.util.OptionalInt;

/** A prefix of parameter names in a checkpoint, through which layers declare their parameters. */
final class ParameterPath {

    private final Engine engine;
    private final WeightSource source;
    private final String path;

    private ParameterPath(Engine engine, WeightSource source, String path) {
        this.engine = engine;
        this.source = source;
        this.path = path;
    }

    /** Returns the path of a network, for instance {@code model}. */
    static ParameterPath root(Engine engine, WeightSource source, String path) {
        return new ParameterPath(engine, source, path);
    }

    Engine engine() {
        return engine;
    }

    /** Returns the path extended by a name, or by several names joined by dots. */
    ParameterPath child(Object name) {
        return new ParameterPath(engine, source, path + "." + name);
    }

    Parameter plain(String name, int... shape) {
        return parameter(name, Parameter.Role.PLAIN, shape);
    }

    Parameter linear(String name, int... shape) {
        return parameter(name, Parameter.Role.LINEAR, shape);
    }

    Parameter convolution(String name, int out, int in) {
        return parameter(name, Parameter.Role.CONVOLUTION, out, in, 3, 3);
    }

    Parameter transposedConvolution(String name, int in, int out, int k) {
        return parameter(name, Parameter.Role.TRANSPOSED_CONVOLUTION, in, out, k, k);
    }

    /** Declares and returns the low-rank update of a linear map, or returns null if the source has none for its weight. */
    LoraUpdate update(int in, int out) {
        OptionalInt rank = source.updateRank(path + ".weight");
        return rank.isPresent() ? new LoraUpdate(engine, source, path, rank.getAsInt(), in, out) : null;
    }

    /** Declares a tensor that {@link #values} will read. */
    void require(String name, int... shape) {
        source.require(path + "." + name, shape);
    }

    /** Reads values to the host, for tables that are processed before an engine uses them. */
    float[] values(String name, int... shape) {
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
