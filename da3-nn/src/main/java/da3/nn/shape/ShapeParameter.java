package da3.nn.shape;

import da3.geometry.check.Check;
import da3.nn.Parameter;
import da3.nn.Precision;

/** A parameter that an engine would prepare on first use. */
final class ShapeParameter implements Parameter {

    private final String name;
    private final Role role;
    private final int[] shape;
    private long preparedBytes; // 0 until first used

    ShapeParameter(String name, Role role, int... shape) {
        this.name = name;
        this.role = role;
        this.shape = shape;
    }

    static ShapeParameter of(Parameter parameter) {
        return (ShapeParameter) parameter;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int[] shape() {
        return shape;
    }

    Role role() {
        return role;
    }

    long values() {
        return ShapeTensor.product(shape);
    }

    /**
     * Prepares the parameter unless it is prepared already, and returns whether this is the first use.
     *
     * @param kept number of values after the preparation
     */
    boolean prepare(Precision precision, long kept) {
        if (preparedBytes > 0) {
            return false;
        }
        preparedBytes = precision.bytes() * kept;
        return true;
    }

    /** Returns the bytes of the prepared values, 0 before the first use. */
    long bytes() {
        return preparedBytes;
    }

    /** @throws IllegalArgumentException if the parameter has more or fewer values */
    void requireCount(long count) {
        if (values() != count) {
            throw Check.invalid("number of values of " + name, String.valueOf(count), values());
        }
    }
}
