package da3.io.colmap;

import da3.geometry.Intrinsics;
import da3.geometry.lens.BrownConrady;
import da3.geometry.lens.CameraModel;
import da3.geometry.lens.Fisheye;
import da3.geometry.lens.Fov;
import da3.geometry.lens.Pinhole;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** COLMAP's camera models. The ordinal of a constant is the number of the model in binary files. */
public enum ColmapCameraModel {
    /** f, cx, cy. */
    SIMPLE_PINHOLE(3, p -> new Pinhole(oneFocal(p))),
    /** fx, fy, cx, cy. */
    PINHOLE(4, p -> new Pinhole(twoFocals(p))),
    /** f, cx, cy, k. */
    SIMPLE_RADIAL(4, p -> new BrownConrady(oneFocal(p), p[3], 0, 0, 0, 0, 0, 0, 0)),
    /** f, cx, cy, k1, k2. */
    RADIAL(5, p -> new BrownConrady(oneFocal(p), p[3], p[4], 0, 0, 0, 0, 0, 0)),
    /** fx, fy, cx, cy, k1, k2, p1, p2. */
    OPENCV(8, p -> new BrownConrady(twoFocals(p), p[4], p[5], p[6], p[7], 0, 0, 0, 0)),
    /** fx, fy, cx, cy, k1, k2, k3, k4. */
    OPENCV_FISHEYE(8, p -> new Fisheye(twoFocals(p), p[4], p[5], p[6], p[7], 0, 0, 0, 0)),
    /** fx, fy, cx, cy, k1, k2, p1, p2, k3, k4, k5, k6. */
    FULL_OPENCV(12, p -> new BrownConrady(twoFocals(p), p[4], p[5], p[6], p[7], p[8], p[9], p[10], p[11])),
    /** fx, fy, cx, cy, omega. */
    FOV(5, p -> new Fov(twoFocals(p), p[4])),
    /** f, cx, cy, k. */
    SIMPLE_RADIAL_FISHEYE(4, p -> new Fisheye(oneFocal(p), p[3], 0, 0, 0, 0, 0, 0, 0)),
    /** f, cx, cy, k1, k2. */
    RADIAL_FISHEYE(5, p -> new Fisheye(oneFocal(p), p[3], p[4], 0, 0, 0, 0, 0, 0)),
    /** fx, fy, cx, cy, k1, k2, p1, p2, k3, k4, sx1, sy1. */
    THIN_PRISM_FISHEYE(12, p -> new Fisheye(twoFocals(p), p[4], p[5], p[8], p[9], p[6], p[7], p[10], p[11]));

    /** The next model in COLMAP's list; it is not supported. */
    private static final String NEXT_UNSUPPORTED = "RAD_TAN_THIN_PRISM_FISHEYE";

    @FunctionalInterface
    private interface Lens {
        CameraModel of(double[] parameters);
    }

    private final int parameters;
    private final Lens lens;

    ColmapCameraModel(int parameters, Lens lens) {
        this.parameters = parameters;
        this.lens = lens;
    }

    private static Intrinsics oneFocal(double[] p) {
        return new Intrinsics(p[0], p[0], p[1], p[2]);
    }

    private static Intrinsics twoFocals(double[] p) {
        return new Intrinsics(p[0], p[1], p[2], p[3]);
    }

    /** Returns the number of parameters of this model. */
    public int parameters() {
        return parameters;
    }

    /**
     * Returns the lens with these parameters.
     *
     * @param values as many as {@link #parameters}, in the documented order
     */
    public CameraModel lens(double[] values) {
        return lens.of(values);
    }

    /** Returns the model of a name, or empty if there is none. */
    public static Optional<ColmapCameraModel> named(String name) {
        return Arrays.stream(values())
                .filter(model -> model.name().equals(name))
                .findFirst();
    }

    static Optional<ColmapCameraModel> numbered(int id) {
        return id >= 0 && id < values().length ? Optional.of(values()[id]) : Optional.empty();
    }

    /** Returns the name of an unsupported model for messages. */
    static String nameOf(int id) {
        return id == values().length ? NEXT_UNSUPPORTED : "number " + id;
    }

    /** Returns the names of all supported models for messages. */
    public static String names() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }
}
