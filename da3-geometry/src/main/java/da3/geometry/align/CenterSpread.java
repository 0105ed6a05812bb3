package da3.geometry.align;

import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.List;

/**
 * The spread of camera centers around their mean, which decides what an alignment can determine from them.
 *
 * @param rms root mean square distance from the mean; 0 if the centers coincide
 * @param elongation second over first singular value of the centered positions, from 0 (collinear or coincident) to 1
 */
record CenterSpread(double rms, double elongation) {

    /**
     * Centers coincide if their spread is below this fraction of their distance from the origin, which is the error of
     * positions that were rounded to single precision.
     */
    private static final double COINCIDENT = 1e-6;

    /**
     * Below this elongation, noise decides the rotation around the line of centers. Networks place a camera with an
     * error of about a hundredth of the length of the line, which is 0.03 of its first singular value per camera. At
     * 0.1 the centers determine this rotation to about ten degrees, and the camera orientations to one.
     */
    private static final double NEARLY_COLLINEAR = 0.1;

    static CenterSpread of(List<Vec3> centers) {
        Vec3 mean = Vec3.mean(centers);
        double[] scatter = new double[9];
        double farthest = 0;
        for (Vec3 center : centers) {
            Vec3 d = center.minus(mean);
            Mat3.addOuter(scatter, d, d, 1.0 / centers.size());
            farthest = Math.max(farthest, center.norm());
        }
        double rms = Math.sqrt(scatter[0] + scatter[4] + scatter[8]);
        if (rms <= COINCIDENT * farthest) {
            return new CenterSpread(0, 0);
        }
        NearestRotation axes = NearestRotation.of(Mat3.of(scatter, 0));
        return new CenterSpread(rms, Math.sqrt(Math.max(0, axes.second()) / axes.first()));
    }

    boolean coincident() {
        return rms == 0;
    }

    boolean nearlyCollinear() {
        return elongation < NEARLY_COLLINEAR;
    }
}
