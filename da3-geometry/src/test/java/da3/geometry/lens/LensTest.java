package da3.geometry.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.ScalarMap;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LensTest {

    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;
    private static final Intrinsics K = new Intrinsics(130, 125, 79, 61.5);

    static Stream<CameraModel> lenses() {
        return Stream.of(
                new Pinhole(K),
                new BrownConrady(K, -0.25, 0, 0, 0, 0, 0, 0, 0),
                new BrownConrady(K, 0.2, 0.05, 0, 0, 0, 0, 0, 0),
                new BrownConrady(K, -0.3, 0.1, 0.003, -0.002, 0, 0, 0, 0),
                new BrownConrady(K, 0.4, 0.1, 0.001, 0.002, 0.01, 0.5, 0.05, 0.002),
                new Fisheye(K, 0.05, 0, 0, 0, 0, 0, 0, 0),
                new Fisheye(K, -0.02, 0.01, -0.003, 0.001, 0, 0, 0, 0),
                new Fisheye(K, -0.01, 0.003, 0.001, 0.0002, 0.002, -0.001, 0.003, 0.001),
                new Fov(K, 0.9),
                new Fov(K, 0));
    }

    @ParameterizedTest
    @MethodSource("lenses")
    void undistortionInvertsDistortion(CameraModel lens) {
        Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            ImagePlanePoint direction = new ImagePlanePoint(1.2 * random.nextDouble() - 0.6, random.nextDouble() - 0.5);
            ImagePlanePoint back = lens.undistort(lens.distort(direction)).orElseThrow();
            assertThat(back.x()).isCloseTo(direction.x(), within(1e-8));
            assertThat(back.y()).isCloseTo(direction.y(), within(1e-8));
            ImagePlanePoint again =
                    lens.inverse().unproject(lens.project(direction)).orElseThrow();
            assertThat(again.x()).isCloseTo(direction.x(), within(1e-8));
        }
        assertThat(lens.undistort(new ImagePlanePoint(0, 0))).contains(new ImagePlanePoint(0, 0));
    }

    /** Expected values are computed by hand for r^2 = 0.25. */
    @Test
    void distortionFollowsTheFormulas() {
        ImagePlanePoint direction = new ImagePlanePoint(0.3, 0.4);
        assertDistorts(new BrownConrady(K, -0.2, 0.4, 0, 0, 0, 0, 0, 0), direction, 0.3 * 0.975, 0.4 * 0.975);
        assertDistorts(new BrownConrady(K, 0, 0, 0.01, 0.02, 0, 0, 0, 0), direction, 0.311, 0.4105);
        assertDistorts(new BrownConrady(K, 0, 0, 0, 0, 0.64, 0.04, 0, 0), direction, 0.3, 0.4);
        double angle = Math.atan(0.5);
        double radial = angle * (1 + 0.1 * angle * angle) / 0.5;
        assertDistorts(new Fisheye(K, 0.1, 0, 0, 0, 0, 0, 0, 0), direction, 0.3 * radial, 0.4 * radial);
        double even = angle / 0.5;
        assertDistorts(
                new Fisheye(K, 0, 0, 0, 0, 0, 0, 0.1, 0.2),
                direction,
                0.3 * even + 0.1 * angle * angle,
                0.4 * even + 0.2 * angle * angle);
        double fov = Math.atan(Math.tan(0.5)) / 1 / 0.5; // omega 1: twice 0.5 tan(0.5)
        assertDistorts(new Fov(K, 1), direction, 0.3 * fov, 0.4 * fov);
    }

    private static void assertDistorts(CameraModel lens, ImagePlanePoint direction, double x, double y) {
        assertThat(lens.distort(direction).x()).isCloseTo(x, within(1e-12));
        assertThat(lens.distort(direction).y()).isCloseTo(y, within(1e-12));
    }

    /** r (1 - r^2 / 3) has its maximum of 2/3 at r = 1. */
    @Test
    void positionsBeyondTheMaximumOfThePolynomialHaveNoDirection() {
        CameraModel lens = new BrownConrady(K, -1.0 / 3, 0, 0, 0, 0, 0, 0, 0);
        assertThat(lens.inverse().validRadius()).isCloseTo(1, within(0.003));
        assertThat(lens.undistort(new ImagePlanePoint(0.66, 0))).isPresent();
        assertThat(lens.undistort(new ImagePlanePoint(0.68, 0))).isEmpty();
    }

    /** An undistorted image of a plane must equal the image that a pinhole camera sees. */
    @ParameterizedTest
    @MethodSource("lenses")
    void undistortedImagesEqualThoseOfAPinholeCamera(CameraModel lens) {
        Image distorted = image(lens, WIDTH, HEIGHT);
        Undistortion undistortion = Undistortion.of(lens, WIDTH, HEIGHT);
        Image straight = undistortion.apply(distorted);
        assertThat((long) straight.width() * straight.height()).isLessThanOrEqualTo((long) WIDTH * HEIGHT);
        assertThat(straight.width()).isGreaterThan(WIDTH / 2);
        Image expected = image(new Pinhole(undistortion.intrinsics()), straight.width(), straight.height());
        int worst = 0;
        for (int i = 0; i < expected.rgb().length; i++) {
            worst = Math.max(worst, Math.abs((straight.rgb()[i] & 0xff) - (expected.rgb()[i] & 0xff)));
        }
        assertThat(worst).as("gray levels").isLessThanOrEqualTo(4);
    }

    @Test
    void aPrincipalPointOutsideTheImageIsRejected() {
        CameraModel lens = new Fisheye(new Intrinsics(100, 100, -900, 100), 0, 0, 0, 0, 0, 0, 0, 0);
        assertThatThrownBy(() -> Undistortion.of(lens, WIDTH, HEIGHT))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessageContaining("principal point of an image to undistort must be inside the image");
        assertThatThrownBy(() -> new Fov(K, 4)).hasMessageContaining("omega must be between -pi and pi, got 4.0");
    }

    /** Returns an image of a smooth pattern on the plane z = 1. */
    private static Image image(CameraModel lens, int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        LensInverse inverse = lens.inverse();
        for (int i = 0; i < width * height; i++) {
            ImagePlanePoint p = inverse.unproject(new ImagePlanePoint(i % width + 0.5, i / width + 0.5))
                    .orElse(new ImagePlanePoint(0, 0));
            rgb[3 * i] = (byte) (128 + 100 * Math.sin(9 * p.x()));
            rgb[3 * i + 1] = (byte) (128 + 100 * Math.sin(9 * p.y()));
            rgb[3 * i + 2] = (byte) (128 + 100 * Math.sin(6 * p.x() + 6 * p.y()));
        }
        return new Image(width, height, rgb);
    }

    @Test
    void mapsAreUndistortedByTheNearestPixel() {
        CameraModel lens = new BrownConrady(new Intrinsics(50, 50, 20, 15), -0.2, 0.05, 0.001, -0.002, 0, 0, 0, 0);
        Undistortion undistortion = Undistortion.of(lens, 40, 30);
        float[] columns = new float[40 * 30];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = i % 40;
        }
        ScalarMap map = undistortion.apply(new ScalarMap(40, 30, columns));
        assertThat(map.width()).isEqualTo(undistortion.width());
        assertThat(map.height()).isEqualTo(undistortion.height());
        for (int x = 0; x < map.width(); x += 5) {
            ImagePlanePoint ray = new ImagePlanePoint(
                    (x + 0.5 - undistortion.intrinsics().cx())
                            / undistortion.intrinsics().fx(),
                    (3.5 - undistortion.intrinsics().cy())
                            / undistortion.intrinsics().fy());
            double column =
                    Math.max(0, Math.min(39, Math.floor(lens.project(ray).x())));
            assertThat(map.at(x, 3)).isEqualTo((float) column);
        }
    }
}
