package da3.geometry.align;

import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.List;

/**
 * How camera centers lie about their mean, which decides what of an alignment they can tell.
 *
 * @param rms root mean square distance from the mean; 0 in one place
 * @param elongation second over first singular value of the centerd centers, 0 (on a line, or in one place) to 1
 */
record CenterSpread(double rms, double elongation) {

    /**
     * Centers closer together than this fraction of their distance from the origin lie in one place: positions that went
     * through single precision are no better known.
     */
    private static final double COINCIDENT = 1e-6;

    /**
     * A thinner elongation leaves the turn about the line to noise. Networks place a camera to about a hundredth of the
     * line's length, which is 0.03 of its first singular value a camera: at 0.1 the centers know the turn to some ten
     * degrees, and how the cameras look knows it to one.
     */
    private static final double NEARLY_A_LINE = 0.1;

    static CenterSpread of(List<Vec3> centers) {
        Vec3 mean = Vec3.mean(centers);
        double[] scatter = new double[9];
        double farthest = 0;
        for (Vec3 center : centers) {
            Vec3 d = center.minus(mean);
            Umeyama.addOuter(scatter, d, d, 1.0 / centers.size());
            farthest = Math.max(farthest, center.norm());
        }
        double rms = Math.sqrt(scatter[0] + scatter[4] + scatter[8]);
        if (rms <= COINCIDENT * farthest) {
            return new CenterSpread(0, 0);
        }
        NearestRotation axes = NearestRotation.of(Mat3.of(scatter, 0));
        return new CenterSpread(rms, Math.sqrt(Math.max(0, axes.second()) / axes.first()));
    }

    boolean inOnePlace() {
        return rms == 0;
    }

    boolean nearlyALine() {
        return elongation < NEARLY_A_LINE;
    }
}
