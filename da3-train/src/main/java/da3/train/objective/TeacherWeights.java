package da3.train.objective;

import da3.geometry.check.Check;

/**
 * Weights of the terms of the teacher's objective.
 *
 * @param gradient weight of the depth gradient term
 * @param globalLocal weight of the sum of the global and the local errors of depth
 * @param normal weight of the normal term
 * @param sky weight of the squared error of the sky mask
 * @param object weight of the squared error of the object mask
 * @param scale weight of the squared logarithm of the mean depth, which keeps the scale of depth near 1; not in the paper
 */
public record TeacherWeights(
        double gradient, double globalLocal, double normal, double sky, double object, double scale) {

    /** @throws IllegalArgumentException if a weight is negative or not finite */
    public TeacherWeights {
        Check.atLeast("gradient weight", 0.0, gradient);
        Check.atLeast("global-local weight", 0.0, globalLocal);
        Check.atLeast("normal weight", 0.0, normal);
        Check.atLeast("sky weight", 0.0, sky);
        Check.atLeast("object weight", 0.0, object);
        Check.atLeast("scale weight", 0.0, scale);
    }

    /** Creates weights without the scale term. */
    public TeacherWeights(double gradient, double globalLocal, double normal, double sky, double object) {
        this(gradient, globalLocal, normal, sky, object, 0);
    }

    /** Returns the weights of the Depth Anything 3 paper, arXiv 2511.10647. */
    public static TeacherWeights defaults() {
        return new TeacherWeights(0.5, 1, 1, 1, 1);
    }
}
