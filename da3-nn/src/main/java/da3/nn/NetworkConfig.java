package da3.nn;

import java.util.Optional;

/**
 * One network: a backbone and the heads that read it.
 *
 * @param cameraDecoderDim channels that the camera decoder reads; absent where there is none
 */
public record NetworkConfig(
        BackboneConfig backbone,
        DptConfig head,
        Optional<Integer> cameraDecoderDim,
        Optional<CameraEncoderConfig> cameraEncoder,
        Optional<GaussianConfig> gaussians) {}
