package da3.nn;

import java.util.Map;

/**
 * The outputs of a network as tensors. Outputs that were not requested or that the network lacks are null.
 *
 * @param depth (views, H, W, 2): depth, and confidence minus 1; (views, H, W, 1) for networks without confidence
 * @param rays (views, 8 rows, 8 columns, 7) for rows x columns patches: direction, origin, logarithm of the confidence
 *     minus 1
 * @param sky (views, H, W, 1), near 1 on the sky
 * @param objects (views, H, W, 1), near 1 on objects
 * @param camera (views, 9) pose encodings: translation, quaternion x, y, z, w, vertical and horizontal field of view in
 *     radians; camera-to-world
 * @param gaussians (views, H, W, channels), raw; the last channel is the logit of the density
 * @param features tokens of requested blocks, (views, patches, channels), after the final norm
 * @param attention queries and keys of requested blocks
 */
public record NetworkTensors(
        Tensor depth,
        Tensor rays,
        Tensor sky,
        Tensor objects,
        Tensor camera,
        Tensor gaussians,
        Map<Integer, Tensor> features,
        Map<Integer, QueriesKeys> attention) {

    NetworkTensors withCamera(Tensor camera) {
        return new NetworkTensors(depth, rays, sky, objects, camera, gaussians, features, attention);
    }

    /** The same with the features, queries and keys of a backbone. */
    NetworkTensors withTokens(BackboneOutput tokens) {
        return new NetworkTensors(depth, rays, sky, objects, camera, gaussians, tokens.features(), tokens.attention());
    }
}
