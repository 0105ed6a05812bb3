package da3.nn;

import java.util.Map;

/**
 * What a network computes, as tensors; null where it was not asked for or the network does not have it.
 *
 * @param depth (views, H, W, 2): depth, and confidence less 1; for networks of depth alone (views, H, W, 1)
 * @param rays (views, 8 rows, 8 columns, 7) for rows x columns patches: direction, origin, logarithm of the confidence
 *     less 1
 * @param sky (views, H, W, 1)
 * @param camera (views, 9) pose encodings: translation, quaternion x, y, z, w, vertical and horizontal field of view in
 *     radians; camera-to-world
 * @param gaussians (views, H, W, channels), raw; the last channel is the density's logit
 * @param features (views, patches, channels) of the layers asked for, after the final norm
 * @param attention queries and keys of the blocks asked for
 */
public record NetworkTensors(
        Tensor depth,
        Tensor rays,
        Tensor sky,
        Tensor camera,
        Tensor gaussians,
        Map<Integer, Tensor> features,
        Map<Integer, QueriesKeys> attention) {

    NetworkTensors withCamera(Tensor camera) {
        return new NetworkTensors(depth, rays, sky, camera, gaussians, features, attention);
    }

    /** The same with the features, queries and keys of a backbone. */
    NetworkTensors withTokens(BackboneOutput tokens) {
        return new NetworkTensors(depth, rays, sky, camera, gaussians, tokens.features(), tokens.attention());
    }
}
