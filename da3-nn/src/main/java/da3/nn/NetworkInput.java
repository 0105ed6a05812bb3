package da3.nn;

import da3.geometry.check.Check;

/**
 * The input of a network.
 *
 * @param image (views, 3, height, width), normalized
 * @param poseEncodings (views, 9) of given cameras, or null
 */
public record NetworkInput(float[] image, int views, int height, int width, float[] poseEncodings) {

    public NetworkInput {
        if (image.length != 3L * views * height * width) {
            throw Check.invalid(
                    "image", views + " views of 3x" + height + "x" + width + " values", image.length + " values");
        }
        if (poseEncodings != null && poseEncodings.length != 9 * views) {
            throw Check.invalid("poseEncodings", views + " encodings of 9 values", poseEncodings.length + " values");
        }
    }
}
