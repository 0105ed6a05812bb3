package da3.nn.nd4j;

import java.util.Arrays;

/** Operations that copy values without arithmetic, and their adjoints. */
final class DataMovement {

    private final TensorMemory memory;

    DataMovement(TensorMemory memory) {
        this.memory = memory;
    }

    Nd4jTensor copy(Nd4jTensor x) {
        Nd4jTensor out = memory.tensor(x.shape);
        out.array.assign(x.array);
        return out;
    }

    private Nd4jTensor zeros(int... shape) {
        Nd4jTensor out = memory.tensor(shape);
        out.array.assign(0);
        return out;
    }

    Nd4jTensor concatChannels(Nd4jTensor a, Nd4jTensor b) {
        Nd4jTensor out = memory.tensor(withChannels(a.shape, a.channels() + b.channels()));
        Nd.concat(1, out.matrix(), a.matrix(), b.matrix());
        return out;
    }

    /** Returns channels {@code from} to {@code to}: (.., c) -> (.., to - from). */
    Nd4jTensor channels(Nd4jTensor x, int from, int to) {
        Nd4jTensor out = memory.tensor(withChannels(x.shape, to - from));
        out.matrix().assign(x.columns(x.rows(), x.channels(), from, to - from));
        return out;
    }

    static int[] withChannels(int[] shape, int channels) {
        int[] changed = shape.clone();
        changed[changed.length - 1] = channels;
        return changed;
    }

    Nd4jTensor concatTokens(Nd4jTensor a, Nd4jTensor b) {
        Nd4jTensor out = memory.tensor(a.shape[0], a.shape[1] + b.shape[1], a.shape[2]);
        Nd.concat(1, out.array, a.array, b.array);
        return out;
    }

    Nd4jTensor tokens(Nd4jTensor x, int from, int to) {
        Nd4jTensor out = memory.tensor(x.shape[0], to - from, x.channels());
        copyTokens(x, from, out, 0, to - from);
        return out;
    }

    /** (views, n, c) -> (views, count, c), zero outside tokens {@code from} to from + n. */
    Nd4jTensor tokensBackward(Nd4jTensor dy, int from, int count) {
        Nd4jTensor out = zeros(dy.shape[0], count, dy.channels());
        copyTokens(dy, 0, out, from, dy.shape[1]);
        return out;
    }

    private static void copyTokens(Nd4jTensor x, int from, Nd4jTensor out, int to, int count) {
        int d = x.channels();
        for (int v = 0; v < x.shape[0]; v++) {
            long source = ((long) v * x.shape[1] + from) * d;
            long target = ((long) v * out.shape[1] + to) * d;
            out.part(target, count * d).assign(x.part(source, count * d));
        }
    }

    Nd4jTensor views(Nd4jTensor x, int from, int to) {
        int[] order = new int[to - from];
        Arrays.setAll(order, i -> from + i);
        return reorderViews(x, order);
    }

    Nd4jTensor reorderViews(Nd4jTensor x, int[] order) {
        int view = x.size() / x.shape[0];
        Nd4jTensor out = memory.tensor(withViews(x.shape, order.length));
        for (int v = 0; v < order.length; v++) {
            out.part((long) v * view, view).assign(x.part((long) order[v] * view, view));
        }
        return out;
    }

    /** Adds view i of dy to view {@code order[i]} of a result that is zero elsewhere. */
    Nd4jTensor reorderViewsBackward(Nd4jTensor dy, int[] order, int views) {
        int view = dy.size() / dy.shape[0];
        Nd4jTensor out = zeros(withViews(dy.shape, views));
        for (int v = 0; v < order.length; v++) {
            out.part((long) order[v] * view, view).addi(dy.part((long) v * view, view));
        }
        return out;
    }

    private static int[] withViews(int[] shape, int views) {
        int[] changed = shape.clone();
        changed[0] = views;
        return changed;
    }

    /** (views, channels, H, W) -> (views, rows x columns, channels x p x p). */
    Nd4jTensor patches(Nd4jTensor image, int p) {
        int views = image.shape[0];
        int channels = image.shape[1];
        int rows = image.shape[2] / p;
        int columns = image.shape[3] / p;
        Nd4jTensor out = memory.tensor(views, rows * columns, channels * p * p);
        out.as(views, rows, columns, channels, p, p)
                .assign(image.as(views, channels, rows, p, columns, p).permute(0, 2, 4, 1, 3, 5));
        return out;
    }

    Nd4jTensor patchesBackward(Nd4jTensor dy, int p, int channels, int height, int width) {
        int views = dy.shape[0];
        int rows = height / p;
        int columns = width / p;
        Nd4jTensor out = memory.tensor(views, channels, height, width);
        out.as(views, channels, rows, p, columns, p)
                .assign(dy.as(views, rows, columns, channels, p, p).permute(0, 3, 1, 4, 2, 5));
        return out;
    }

    Nd4jTensor channelsLast(Nd4jTensor image) {
        Nd4jTensor out = memory.tensor(image.shape[0], image.shape[2], image.shape[3], image.shape[1]);
        out.array.assign(image.array.permute(0, 2, 3, 1));
        return out;
    }

    Nd4jTensor channelsLastBackward(Nd4jTensor dy) {
        Nd4jTensor out = memory.tensor(dy.shape[0], dy.shape[3], dy.shape[1], dy.shape[2]);
        out.array.assign(dy.array.permute(0, 3, 1, 2));
        return out;
    }
}
