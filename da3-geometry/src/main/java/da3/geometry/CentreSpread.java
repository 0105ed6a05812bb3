package da3.geometry;

import java.util.List;

/**
 * How camera centres lie about their mean, which decides what of an alignment they can tell.
 *
 * @param rms root mean square distance from the mean; 0 in one place
 * @param elongation second over first singular value of the centred centres, 0 (on a line, or in one place) to 1
 */
record CentreSpread(double rms, double elongation) {

    /**
     * Centres closer together than this fraction of their distance from the origin lie in one place: positions that went
     * through single precision are no better known.
     */
    private static final double COINCIDENT = 1e-6;

    /**
     * A thinner elongation leaves the turn about the line to noise. Networks place a camera to about a hundredth of the
     * line's length, which is 0.03 of its first singular value a camera: at 0.1 the centres know the turn to some ten
     * degrees, and how the cameras look knows it to one.
     */
    private static final double NEARLY_A_LINE = 0.1;

    static CentreSpread of(List<Vec3> centres) {
        Vec3 mean = Vec3.mean(centres);
        double[] scatter = new double[9];
        double farthest = 0;
        for (Vec3 centre : centres) {
            Vec3 d = centre.minus(mean);
            Umeyama.addOuter(scatter, d, d, 1.0 / centres.size());
            farthest = Math.max(farthest, centre.norm());
        }
        double rms = Math.sqrt(scatter[0] + scatter[4] + scatter[8]);
        if (rms <= COINCIDENT * farthest) {
            return new CentreSpread(0, 0);
        }
        NearestRotation axes = NearestRotation.of(Mat3.of(scatter, 0));
        return new CentreSpread(rms, Math.sqrt(Math.max(0, axes.second()) / axes.first()));
    }

    boolean inOnePlace() {
        return rms == 0;
    }

    boolean nearlyALine() {
        return elongation < NEARLY_A_LINE;
    }
}
