package da3.nn;

import java.util.Optional;

/**
 * The configuration of a network: a backbone and its heads.
 *
 * @param cameraDecoderDim input channels of the camera decoder; empty without one
 */
public record NetworkConfig(
        BackboneConfig backbone,
        DptConfig head,
        Optional<Integer> cameraDecoderDim,
        Optional<CameraEncoderConfig> cameraEncoder,
        Optional<GaussianConfig> gaussians) {}
