package da3.onnx;

import da3.nn.Tensor;
import java.util.Arrays;

/**
 * A named value of a graph: the result of a node, an input or a constant.
 *
 * @param name name in the graph
 * @param shape logical shape, with the channels of a map last; must not be modified
 * @param channelsFirst whether the value in the graph is (views, channels, rows, columns), as convolutions of ONNX
 *     require, while the logical shape is (views, rows, columns, channels)
 */
record GraphValue(String name, int[] shape, boolean channelsFirst) implements Tensor {

    /** Creates a value that is stored in its logical shape. */
    GraphValue(String name, int... shape) {
        this(name, shape, false);
    }

    static GraphValue of(Tensor tensor) {
        return (GraphValue) tensor;
    }

    /** Returns the logical shape with another number of channels. */
    int[] withChannels(int channels) {
        int[] changed = shape.clone();
        changed[changed.length - 1] = channels;
        return changed;
    }

    /** Returns the logical shape with another size of the first axis. */
    int[] withViews(int views) {
        int[] changed = shape.clone();
        changed[0] = views;
        return changed;
    }

    /** Returns the axis of the channels of the value in the graph. */
    int channelAxis() {
        return channelsFirst ? 1 : shape.length - 1;
    }

    /** Returns the shape of the value in the graph. */
    int[] storedShape() {
        return channelsFirst ? new int[] {shape[0], shape[3], shape[1], shape[2]} : shape;
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
