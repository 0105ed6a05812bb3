package da3.nn;

/**
 * What a network sees.
 *
 * @param image (views, 3, height, width), normalized
 * @param poseEncodings (views, 9) of given cameras, or null
 */
public record NetworkInput(float[] image, int views, int height, int width, float[] poseEncodings) {

    public NetworkInput {
        if (image.length != 3L * views * height * width) {
            throw new IllegalArgumentException(
                    image.length + " values are not " + views + " images of 3x" + height + "x" + width);
        }
        if (poseEncodings != null && poseEncodings.length != 9 * views) {
            throw new IllegalArgumentException(
                    poseEncodings.length + " values are not " + views + " pose encodings of 9");
        }
    }
}
