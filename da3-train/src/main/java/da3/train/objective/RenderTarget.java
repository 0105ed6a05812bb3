package da3.train.objective;

import da3.geometry.Camera;
import da3.geometry.ScalarMap;

/**
 * A view that rendered Gaussians are compared with. It need not be one of the views that the network sees.
 *
 * @param camera in the world frame of the Gaussians; intrinsics in pixels of this view
 * @param rgb (height, width, 3), sRGB from 0 to 1
 * @param depth true depth, 0 where it is unknown; its size is the size of the view
 */
public record RenderTarget(Camera camera, float[] rgb, ScalarMap depth) {

    /** @throws IllegalArgumentException if image and depth differ in size */
    public RenderTarget {
        ArrayShapes.require("target image", rgb.length, depth.height(), depth.width(), 3);
    }

    public int width() {
        return depth.width();
    }

    public int height() {
        return depth.height();
    }
}
