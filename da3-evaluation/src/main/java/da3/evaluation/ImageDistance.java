package da3.evaluation;

import da3.geometry.Image;

/** A distance of two images as a person perceives it. */
public interface ImageDistance {

    /** Returns the name with what determines the values, such as the network and a digest of its weights. */
    String description();

    /** Returns the shortest side of images that can be compared, in pixels. */
    int minSide();

    /**
     * Returns the distance, 0 for equal images.
     *
     * @throws IllegalArgumentException if the sizes differ, or a side is too short
     */
    double between(Image a, Image b);
}
