package da3.geometry.splat;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import java.util.Iterator;
import java.util.List;

/** The frames of a flight through a cloud; each is rendered when it is asked for, and none is kept. */
public final class PathRenderer implements Iterable<SplatImage> {

    private final SplatRasterizer rasterizer;
    private final List<Camera> cameras;
    private final int width;
    private final int height;

    /**
     * @param cameras one a frame, intrinsics in pixels of a frame
     * @throws IllegalArgumentException if the cloud cannot be rendered or there are no cameras
     */
    public PathRenderer(GaussianCloud cloud, List<Camera> cameras, int width, int height, SplatOptions options) {
        if (cameras.isEmpty()) {
            throw new IllegalArgumentException("a flight past no cameras; legal: at least one");
        }
        this.rasterizer = new SplatRasterizer(cloud, options);
        this.cameras = List.copyOf(cameras);
        this.width = width;
        this.height = height;
    }

    public int size() {
        return cameras.size();
    }

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
