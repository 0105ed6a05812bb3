package da3.synthetic;

import da3.geometry.check.Check;

/**
 * Rendering options.
 *
 * @param samples color samples per pixel along each axis, on a regular grid, 1 to 16; depth always comes from the pixel
 *     center
 * @param normals whether normals are computed
 * @param threads number of threads, which does not change the result; 0 for one per processor
 */
public record RenderOptions(int samples, boolean normals, int threads) {

    public RenderOptions {
        Check.inRange("samples along each side of a pixel", 1, 16, samples);
        Check.atLeast("threads", 0, threads);
    }

    /** Returns the defaults: nine samples per pixel, no normals, one thread per processor. */
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
