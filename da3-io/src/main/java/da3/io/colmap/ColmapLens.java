package da3.io.colmap;

import da3.geometry.Intrinsics;
import da3.geometry.lens.BrownConrady;
import da3.geometry.lens.CameraModel;
import da3.geometry.lens.Fisheye;
import da3.geometry.lens.Fov;
import java.util.stream.DoubleStream;

/**
 * A camera model with its parameters.
 *
 * @param parameters in the order that the camera model documents
 */
public record ColmapLens(ColmapCameraModel model, double[] parameters) {

    /** Returns a lens as the camera model with the fewest parameters that has two focal lengths. */
    public static ColmapLens of(CameraModel lens) {
        if (lens instanceof BrownConrady b) {
            return b.k3() == 0 && b.k4() == 0 && b.k5() == 0 && b.k6() == 0
                    ? of(ColmapCameraModel.OPENCV, lens, b.k1(), b.k2(), b.p1(), b.p2())
                    : of(
                            ColmapCameraModel.FULL_OPENCV,
                            lens,
                            b.k1(),
                            b.k2(),
                            b.p1(),
                            b.p2(),
                            b.k3(),
                            b.k4(),
                            b.k5(),
                            b.k6());
        }
        if (lens instanceof Fisheye f) {
            return f.p1() == 0 && f.p2() == 0 && f.sx1() == 0 && f.sy1() == 0
                    ? of(ColmapCameraModel.OPENCV_FISHEYE, lens, f.k1(), f.k2(), f.k3(), f.k4())
                    : of(
                            ColmapCameraModel.THIN_PRISM_FISHEYE,
                            lens,
                            f.k1(),
                            f.k2(),
                            f.p1(),
                            f.p2(),
                            f.k3(),
                            f.k4(),
                            f.sx1(),
                            f.sy1());
        }
        return lens instanceof Fov fov
                ? of(ColmapCameraModel.FOV, lens, fov.omega())
                : of(ColmapCameraModel.PINHOLE, lens);
    }

    private static ColmapLens of(ColmapCameraModel model, CameraModel lens, double... distortion) {
        Intrinsics k = lens.intrinsics();
        return new ColmapLens(
                model,
                DoubleStream.concat(DoubleStream.of(k.fx(), k.fy(), k.cx(), k.cy()), DoubleStream.of(distortion))
                        .toArray());
    }

    /** Returns the camera model of this library. */
    public CameraModel lens() {
        return model.lens(parameters);
    }
}
