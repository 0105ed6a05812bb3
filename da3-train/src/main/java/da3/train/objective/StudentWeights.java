package da3.train.objective;

/**
 * Weights and options of the student objective.
 *
 * @param depth weight of the depth term
 * @param rayDirection weight of the three direction channels inside the ray term
 * @param rayOrigin weight of the three origin channels inside the ray term
 * @param point weight of the point term
 * @param camera weight of the camera term
 * @param fieldOfView weight of the fields of view inside the camera term
 * @param gradient weight of the depth gradient term
 * @param confidence weight of the logarithm of the confidence inside the depth term
 * @param depthQuantile fraction of valid pixels that the depth term keeps, those with the smallest loss; 1 keeps all.
 *     The gradient treats the choice of pixels as constant
 * @param cameraViews the views that the camera term uses
 */
public record StudentWeights(
        double depth,
        double rayDirection,
        double rayOrigin,
        double point,
        double camera,
        double fieldOfView,
        double gradient,
        double confidence,
        double depthQuantile,
        CameraViews cameraViews) {

    /** @throws IllegalArgumentException if a weight is negative or not finite, or the quantile is outside (0, 1] */
    public StudentWeights {
        requireWeight("depth", depth);
        requireWeight("ray direction", rayDirection);
        requireWeight("ray origin", rayOrigin);
        requireWeight("point", point);
        requireWeight("camera", camera);
        requireWeight("field of view", fieldOfView);
        requireWeight("gradient", gradient);
        requireWeight("confidence", confidence);
        if (!(depthQuantile > 0 && depthQuantile <= 1)) {
            throw new IllegalArgumentException("depth quantile must be above 0 and at most 1, got " + depthQuantile);
        }
    }

    /** Returns the weights of the Depth Anything 3 paper, arXiv 2511.10647, with all options off. */
    public static StudentWeights defaults() {
        return new StudentWeights(1, 1, 1, 1, 1, 0.5, 1, 0.2, 1, CameraViews.ALL);
    }

    public StudentWeights withDepth(double weight) {
        return new StudentWeights(
                weight,
                rayDirection,
                rayOrigin,
                point,
                camera,
                fieldOfView,
                gradient,
                confidence,
                depthQuantile,
                cameraViews);
    }

    public StudentWeights withRayDirection(double weight) {
        return new StudentWeights(
                depth, weight, rayOrigin, point, camera, fieldOfView, gradient, confidence, depthQuantile, cameraViews);
    }

    public StudentWeights withRayOrigin(double weight) {
        return new StudentWeights(
                depth,
                rayDirection,
                weight,
                point,
                camera,
                fieldOfView,
                gradient,
                confidence,
                depthQuantile,
                cameraViews);
    }

    public StudentWeights withPoint(double weight) {
        return new StudentWeights(
                depth,
                rayDirection,
                rayOrigin,
                weight,
                camera,
                fieldOfView,
                gradient,
                confidence,
                depthQuantile,
                cameraViews);
    }

    public StudentWeights withCamera(double weight) {
        return new StudentWeights(
                depth,
                rayDirection,
                rayOrigin,
                point,
                weight,
                fieldOfView,
                gradient,
                confidence,
                depthQuantile,
                cameraViews);
    }

    public StudentWeights withGradient(double weight) {
        return new StudentWeights(
                depth,
                rayDirection,
                rayOrigin,
                point,
                camera,
                fieldOfView,
                weight,
                confidence,
                depthQuantile,
                cameraViews);
    }

    public StudentWeights withConfidence(double weight) {
        return new StudentWeights(
                depth,
                rayDirection,
                rayOrigin,
                point,
                camera,
                fieldOfView,
                gradient,
                weight,
                depthQuantile,
                cameraViews);
    }

    public StudentWeights withDepthQuantile(double share) {
        return new StudentWeights(
                depth, rayDirection, rayOrigin, point, camera, fieldOfView, gradient, confidence, share, cameraViews);
    }

    public StudentWeights withCameraViews(CameraViews views) {
        return new StudentWeights(
                depth, rayDirection, rayOrigin, point, camera, fieldOfView, gradient, confidence, depthQuantile, views);
    }

    private static void requireWeight(String name, double weight) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " weight must be finite and not negative, got " + weight);
        }
    }
}
