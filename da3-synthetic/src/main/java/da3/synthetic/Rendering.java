package da3.synthetic;

import da3.geometry.ScalarMap;
import da3.geometry.View;
import java.util.Optional;

/**
 * A rendered image of a synthetic scene with its ground truth.
 *
 * @param view the image, its camera, and depth in meters along the z axis of the camera; 0 where there is no surface
 * @param sky 1 where there is no surface, otherwise 0; like the sky scores of a network ({@link da3.geometry.SkyMask})
 * @param normals unit normals in world axes that face the camera, (height, width, 3), 0 where there is no surface;
 *     absent unless requested
 */
public record Rendering(View view, ScalarMap sky, Optional<float[]> normals) {}
