package da3.synthetic;

import da3.geometry.ScalarMap;
import da3.geometry.View;
import java.util.Optional;

/**
 * A photo of a made-up place, and what is known of it.
 *
 * @param view the photo, its camera, and its depth in meters along the camera's z axis; 0 where nothing is
 * @param sky 1 where nothing is, elsewhere 0: the form of a network's sky scores ({@link da3.geometry.SkyMask})
 * @param normals if asked for: unit normals in world axes that face the camera, (height, width, 3); 0 where nothing is
 */
public record Rendering(View view, ScalarMap sky, Optional<float[]> normals) {}
