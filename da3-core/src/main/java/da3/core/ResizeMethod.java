package da3.core;

import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How an image is resized to sides that are multiples of 14. The resolution is the length of one side; the other side
 * follows from the aspect ratio of the image.
 */
public enum ResizeMethod {
    /** The longer side becomes the resolution; then both sides are resized to the nearest multiple of 14. */
    UPPER_BOUND_RESIZE,
    /** The longer side becomes the resolution; then both sides are cropped to a multiple of 14. */
    UPPER_BOUND_CROP,
    /** The shorter side becomes the resolution; then both sides are resized to the nearest multiple of 14. */
    LOWER_BOUND_RESIZE,
    /** The shorter side becomes the resolution; then both sides are cropped to a multiple of 14. */
    LOWER_BOUND_CROP;

    /**
     * Returns the method with a name such as {@code upper_bound_resize}.
     *
     * @throws IllegalArgumentException if there is no such method; the message lists all names
     */
    public static ResizeMethod of(String name) {
        for (ResizeMethod method : values()) {
            if (method.toString().equals(name)) {
                return method;
            }
        }
        String names = Arrays.stream(values()).map(ResizeMethod::toString).collect(Collectors.joining(", "));
        throw Check.invalid("resize method", "one of " + names, "\"" + name + "\"");
    }

    boolean boundsLongerSide() {
        return this == UPPER_BOUND_RESIZE || this == UPPER_BOUND_CROP;
    }

    boolean crops() {
        return this == UPPER_BOUND_CROP || this == LOWER_BOUND_CROP;
    }

    /** Returns the name that {@link #of} reads. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
