package da3.onednn;

import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.WeightSource;

/** A weight, laid out for its use when it is first used. */
final class OneDnnParameter implements Parameter {

    private final WeightSource source;
    private final String name;
    private final Role role;
    private final int[] shape;
    private Slab slab;
    private Layout layout;
    private Precision packedPrecision = Precision.FLOAT32;

    OneDnnParameter(WeightSource source, String name, Role role, int... shape) {
        this.source = source;
        this.name = name;
        this.role = role;
        this.shape = shape;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int[] shape() {
        return shape;
    }

    int values() {
        return OneDnnTensor.product(shape);
    }

    /** @throws IllegalArgumentException if it has more or fewer */
    void requireValues(int wanted) {
        if (values() != wanted) {
            throw new IllegalArgumentException(name + " has " + values() + " values; legal: " + wanted);
        }
    }

    /** Where the values are; plain parameters only. */
    long plain() {
        if (slab == null) {
            Slab plain = new Slab(values());
            read(plain.address);
            slab = plain;
        }
        return slab.address;
    }

    /** Copies the values, as in the checkpoint. */
    void copyTo(long address) {
        if (role == Role.PLAIN) {
            Address.copy(plain(), address, values());
        } else {
            read(address);
        }
    }

    private void read(long address) {
        source.read(name, shape, Address.floats(address, values()));
    }

    /** Where the packed values are, in which layout and precision. */
    record Packed(long address, Layout layout, Precision precision) {}

    /** (out, in) as the right factor (in, out) of a product; the first use decides on the precision. */
    Packed matrix(Machine machine, Precision precision) {
        int out = shape[0];
        int in = values() / out;
        if (slab == null) {
            layout = machine.kernels().packedMatrix(in, out, precision);
            packedPrecision = precision;
            pack(machine, Layout.strided(new long[] {in, out}, 1, in));
        }
        return new Packed(slab.address, layout, packedPrecision);
    }

    /**
     * (out, in, 3, 3) in a layout that a convolution wants. The first wanted is kept; should another size of map want
     * another, it is a copy in the innermost scope.
     */
    long convolution(Machine machine, Layout wanted) {
        if (slab == null) {
            layout = wanted;
            pack(machine, Layout.dense(shape[0], shape[1], 3, 3));
        }
        if (wanted.equals(layout)) {
            return slab.address;
        }
        OneDnnTensor copy = machine.memory().tensor(Math.toIntExact(wanted.floats()));
        machine.kernels().reorder(layout, wanted).run(0, slab.address, copy.at(0));
        return copy.at(0);
    }

    private void pack(Machine machine, Layout checkpoint) {
        Slab packed = new Slab(layout.floats());
        try (var scope = machine.memory().scope()) {
            OneDnnTensor values = machine.memory().tensor(values());
            read(values.at(0));
            machine.kernels().reorder(checkpoint, layout).run(0, values.at(0), packed.address);
        } catch (RuntimeException | Error e) {
            packed.close();
            throw e;
        }
        slab = packed;
    }

    /** (in, out, k, k): row {@code dy} of all kernels as the right factor (in, k x out) of a product. */
    Packed transposed(Machine machine, int dy) {
        int in = shape[0];
        int out = shape[1];
        int k = shape[2];
        if (slab == null) {
            layout = machine.kernels().packedMatrix(in, (long) k * out, Precision.FLOAT32);
            packRows(machine, in, out, k);
        }
        return new Packed(slab.address + 4 * dy * rowFloats(), layout, packedPrecision);
    }

    private long rowFloats() {
        return (layout.floats() + 15) / 16 * 16;
    }

    private void packRows(Machine machine, int in, int out, int k) {
        Slab packed = new Slab(k * rowFloats());
        Layout checkpoint = Layout.strided(new long[] {in, k, out}, (long) out * k * k, 1, (long) k * k);
        try (var scope = machine.memory().scope()) {
            OneDnnTensor values = machine.memory().tensor(values());
            OneDnnTensor row = machine.memory().tensor(in, k * out);
            read(values.at(0));
            Kernel order = machine.kernels().reorder(checkpoint, Layout.dense(in, k, out));
            Kernel pack = machine.kernels().reorder(Layout.dense(in, (long) k * out), layout);
            for (int dy = 0; dy < k; dy++) {
                order.run(0, values.at((long) dy * k), row.at(0));
                pack.run(0, row.at(0), packed.address + 4 * dy * rowFloats());
            }
        } catch (RuntimeException | Error e) {
            packed.close();
            throw e;
        }
        slab = packed;
    }

    void release() {
        if (slab != null) {
            slab.close();
            slab = null;
        }
    }
}
