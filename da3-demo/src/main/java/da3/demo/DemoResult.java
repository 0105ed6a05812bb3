package da3.demo;

import da3.geometry.Scene;

/**
 * A scene with its ground truth and a model's prediction.
 *
 * @param truth images, depth in meters (0 in the sky) and cameras
 * @param prediction of the same images, in the same order
 * @param seconds duration of the prediction
 */
public record DemoResult(DemoScenes scene, Scene truth, Scene prediction, double seconds) {}
