package da3.synthetic;

/**
 * How a photo is taken.
 *
 * @param samples color samples a pixel along each side, on an even grid; depth always comes from the pixel's center
 * @param normals whether normals are wanted
 * @param threads to compute with, which changes no byte; 0 for as many as there are processors
 */
public record RenderOptions(int samples, boolean normals, int threads) {

    public RenderOptions {
        if (samples < 1 || samples > 16) {
            throw new IllegalArgumentException("samples is " + samples + "; legal: 1 to 16 along each side of a pixel");
        }
        if (threads < 0) {
            throw new IllegalArgumentException("threads is " + threads + "; legal: 0 (all processors) or more");
        }
    }

    /** Nine samples a pixel, no normals, all processors. */
    public static RenderOptions defaults() {
        return new RenderOptions(3, false, 0);
    }

    public RenderOptions withSamples(int samples) {
        return new RenderOptions(samples, normals, threads);
    }

    public RenderOptions withNormals(boolean normals) {
        return new RenderOptions(samples, normals, threads);
    }

    public RenderOptions withThreads(int threads) {
        return new RenderOptions(samples, normals, threads);
    }
}
