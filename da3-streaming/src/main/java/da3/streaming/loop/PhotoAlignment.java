package da3.streaming.loop;

import da3.geometry.Camera;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.streaming.window.AlignmentModel;
import da3.streaming.window.OverlapAlignment;
import da3.streaming.window.WindowAlignment;
import java.util.List;
import java.util.Optional;

/**
 * A photo that was predicted together with frames of a map, and moved into the map by what the map knows of these frames.
 *
 * @param photo the photo in the frame and unit of the map
 * @param inliers fraction of the points of the frames that agree with the map
 * @param rigid whether the rotations between the frames are those of the map
 * @param toFrame how the depth of the photo agrees with that of a frame in the map
 * @param fromFrame how the depth of this frame agrees with that of the photo
 */
public record PhotoAlignment(
        View photo, double inliers, boolean rigid, DepthAgreement toFrame, DepthAgreement fromFrame) {

    /**
     * Aligns a prediction.
     *
     * @param known frames of the map with their cameras in it
     * @param end index of the frame that the photo resembles
     * @param together these frames and then the photo, as one pass predicted them
     * @param model whether the scale of the prediction is free
     */
    public static PhotoAlignment of(List<View> known, int end, List<View> together, AlignmentModel model) {
        List<View> frames = together.subList(0, known.size());
        WindowAlignment alignment = OverlapAlignment.align(known, frames, model);
        Sim3 toMap = alignment.toPrevious();
        View predicted = together.get(known.size());
        Camera camera = predicted.camera().orElseThrow();
        View photo = new View(
                predicted.image(),
                predicted.depth().scaled(toMap.scale()),
                predicted.confidence(),
                Optional.of(new Camera(toMap.applyToPose(camera.pose()), camera.intrinsics())));
        return new PhotoAlignment(
                photo,
                alignment.inliers(),
                LoopVerification.sameRotations(known, frames),
                DepthAgreement.of(photo, known.get(end)),
                DepthAgreement.of(known.get(end), photo));
    }

    /** Returns the fraction of the shared pixels whose depths agree, the smaller one of both directions. */
    public double agreement() {
        return Math.min(toFrame.fraction(), fromFrame.fraction());
    }

    /**
     * Returns whether the photo shows what the map contains there.
     *
     * @param usualInliers fraction of points that agree between consecutive windows of the sequence
     * @param minAgreement fraction of the shared pixels that must agree
     */
    public boolean verified(double usualInliers, double minAgreement) {
        return rigid && inliers >= LoopVerification.minInliers(usualInliers) && agreement() >= minAgreement;
    }
}
