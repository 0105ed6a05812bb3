package da3.streaming;

import da3.geometry.Camera;
import java.util.Optional;

/**
 * Where a photo was taken in a map.
 *
 * @param photo name of the photo
 * @param placement the camera, if it could be determined
 * @param explanation rest of a sentence whose subject is the photo, for instance why it cannot be placed
 */
public record PhotoLocation(String photo, Optional<Placement> placement, String explanation) {

    /**
     * A camera that passed the geometric verification.
     *
     * @param camera world-to-camera pose in the map, and intrinsics in pixels of the photo
     * @param frame number of the frame of the map with which the photo was compared
     * @param similarity cosine of the descriptors of the photo and this frame; 0 if there are none
     * @param inliers number of pixels of the processed photo whose depth agrees with that of the frame
     * @param confidence fraction of the pixels that both show whose depths agree, 0 to 1
     */
    public record Placement(Camera camera, int frame, double similarity, int inliers, double confidence) {}
}
