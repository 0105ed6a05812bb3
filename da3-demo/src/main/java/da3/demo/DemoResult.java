package da3.demo;

import da3.geometry.Scene;

/**
 * One place, as it is and as the network sees it.
 *
 * @param truth depth in meters, 0 where there is sky
 * @param prediction of the same photos, in the same order
 * @param seconds that the prediction took
 */
public record DemoResult(DemoScenes world, Scene truth, Scene prediction, double seconds) {}
