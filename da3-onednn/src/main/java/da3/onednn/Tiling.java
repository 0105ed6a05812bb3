package da3.onednn;

/** So many things in parts of {@code step}, the last of which may be smaller. */
record Tiling(int size, int step) {

    /** Parts of no more than so many, as equal as can be. */
    static Tiling atMost(int size, long most) {
        int parts = (int) ((size + Math.max(1, most) - 1) / Math.max(1, most));
        return new Tiling(size, Math.max(1, (size + Math.max(1, parts) - 1) / Math.max(1, parts)));
    }

    int parts() {
        return (size + step - 1) / step;
    }

    int from(int part) {
        return part * step;
    }

    int length(int part) {
        return Math.min(step, size - part * step);
    }

    /** Makes a kernel for parts of a size. */
    interface BySize {
        Kernel of(int size);
    }

    /** The kernel of every part. */
    Kernel[] kernels(BySize make) {
        Kernel[] kernels = new Kernel[parts()];
        for (int i = 0; i < kernels.length; i++) {
            kernels[i] = i > 0 && length(i) == step ? kernels[0] : make.of(length(i));
        }
        return kernels;
    }
}
