package da3.core.lpips;

import java.util.List;

/**
 * The network that extracts features, cut into slices after whose last ReLU images are compared. Layers are numbered as in
 * the {@code features} of torchvision.
 */
enum Backbone {
    /** AlexNet (Krizhevsky et al., 2012), the default of the published code. */
    ALEX(
            "AlexNet",
            31,
            3,
            List.of(
                    new Slice(false, List.of(new Layer(0, 11, 4, 2))),
                    new Slice(true, List.of(new Layer(3, 5, 1, 2))),
                    new Slice(true, List.of(Layer.of3x3(6))),
                    new Slice(false, List.of(Layer.of3x3(8))),
                    new Slice(false, List.of(Layer.of3x3(10))))),
    /** VGG-16 (Simonyan and Zisserman, 2015). */
    VGG(
            "VGG-16",
            16,
            2,
            List.of(
                    new Slice(false, List.of(Layer.of3x3(0), Layer.of3x3(2))),
                    new Slice(true, List.of(Layer.of3x3(5), Layer.of3x3(7))),
                    new Slice(true, List.of(Layer.of3x3(10), Layer.of3x3(12), Layer.of3x3(14))),
                    new Slice(true, List.of(Layer.of3x3(17), Layer.of3x3(19), Layer.of3x3(21))),
                    new Slice(true, List.of(Layer.of3x3(24), Layer.of3x3(26), Layer.of3x3(28)))));

    /** Step of the windows of max pooling. */
    static final int POOL_STRIDE = 2;

    private final String title;
    private final int minSide;
    private final int poolSize;
    private final List<Slice> slices;

    Backbone(String title, int minSide, int poolSize, List<Slice> slices) {
        this.title = title;
        this.minSide = minSide;
        this.poolSize = poolSize;
        this.slices = slices;
    }

    /**
     * Layers between two comparisons.
     *
     * @param pooled whether max pooling comes first
     * @param layers convolutions, each followed by a ReLU
     */
    record Slice(boolean pooled, List<Layer> layers) {}

    /**
     * A convolution.
     *
     * @param index number of the layer
     * @param size side of the kernel
     * @param stride step of the kernel
     * @param padding zeros added at each border
     */
    record Layer(int index, int size, int stride, int padding) {

        static Layer of3x3(int index) {
            return new Layer(index, 3, 1, 1);
        }

        boolean is3x3() {
            return size == 3 && stride == 1 && padding == 1;
        }
    }

    String title() {
        return title;
    }

    /** Returns the shortest side of an image that leaves a pixel after all layers. */
    int minSide() {
        return minSide;
    }

    /** Returns the side of the windows of max pooling. */
    int poolSize() {
        return poolSize;
    }

    List<Slice> slices() {
        return slices;
    }
}
