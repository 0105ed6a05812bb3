package da3.geometry.splat;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.check.Check;
import java.util.Iterator;
import java.util.List;

/** The frames of a camera path through Gaussians. Each frame is rendered on request and not cached. */
public final class PathRenderer implements Iterable<SplatImage> {

    private final SplatRasterizer rasterizer;
    private final List<Camera> cameras;
    private final int width;
    private final int height;

    /**
     * Creates a renderer of one frame for each camera.
     *
     * @param cameras intrinsics are in pixels of a frame
     * @throws IllegalArgumentException if the cloud cannot be rendered or there are no cameras
     */
    public PathRenderer(GaussianCloud cloud, List<Camera> cameras, int width, int height, SplatOptions options) {
        Check.atLeast("number of cameras of a path", 1, cameras.size());
        this.rasterizer = new SplatRasterizer(cloud, options);
        this.cameras = List.copyOf(cameras);
        this.width = width;
        this.height = height;
    }

    /** Returns the number of frames. */
    public int size() {
        return cameras.size();
    }

    /** Renders frame {@code i}. */
    public SplatImage frame(int i) {
        return rasterizer.render(cameras.get(i), width, height);
    }

    @Override
    public Iterator<SplatImage> iterator() {
        Iterator<Camera> next = cameras.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return next.hasNext();
            }

            @Override
            public SplatImage next() {
                return rasterizer.render(next.next(), width, height);
            }
        };
    }
}
