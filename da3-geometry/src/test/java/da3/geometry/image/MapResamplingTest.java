package da3.geometry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Intrinsics;
import da3.geometry.ScalarMap;
import da3.geometry.math.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapResamplingTest {

    private static final Intrinsics MAP_CAMERA = new Intrinsics(60, 62, 27.5, 20.6);

    private static final int WIDTH = 56;
    private static final int HEIGHT = 42;

    @ParameterizedTest
    @CsvSource({
        // size of the original image, size after resizing and before the center crop of 56x42
        "113, 85, 56, 42",
        "40, 30, 56, 42",
        "200, 150, 64, 50",
        "150, 301, 62, 112",
    })
    void aSlantedPlaneStaysAPlaneAtTheOriginalSize(int width, int height, int resizedWidth, int resizedHeight) {
        // n . p = 1 in the camera's frame, so that a pixel's depth is 1 / (n . ray)
        Vec3 normal = new Vec3(0.1, -0.15, 0.25);
        ScalarMap map = plane(normal, WIDTH, HEIGHT, MAP_CAMERA);
        PixelTransform toMap = PixelTransform.IDENTITY
                .resized((double) resizedWidth / width, (double) resizedHeight / height)
                .cropped((resizedWidth - WIDTH) / 2, (resizedHeight - HEIGHT) / 2);
        ScalarMap depth = MapResampling.depth(map, width, height, toMap);
        Intrinsics camera = toMap.undo(MAP_CAMERA);
        int known = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (depth.at(x, y) == 0) {
                    continue;
                }
                Vec3 point = ray(camera, x, y).times(depth.at(x, y));
                assertThat(normal.dot(point)).isCloseTo(1, within(1e-5));
                known++;
            }
        }
        double share = (double) WIDTH * HEIGHT / (resizedWidth * resizedHeight);
        assertThat((double) known / (width * height)).isCloseTo(share, within(0.03));
    }

    @Test
    void interpolatesNoDepthAcrossAnEdge() {
        float[] values = new float[16];
        for (int i = 0; i < 16; i++) {
            values[i] = i % 4 < 2 ? 2 : 10;
        }
        ScalarMap enlarged = MapResampling.depth(
                new ScalarMap(4, 4, values), 28, 28, PixelTransform.IDENTITY.resized(4 / 28.0, 4 / 28.0));
        for (int x = 0; x < 28; x++) {
            assertThat(enlarged.at(x, 13)).isEqualTo(x < 14 ? 2f : 10f);
        }
        ScalarMap mixed = MapResampling.bilinear(
                new ScalarMap(4, 4, values), 28, 28, PixelTransform.IDENTITY.resized(4 / 28.0, 4 / 28.0));
        assertThat(mixed.at(13, 13)).isStrictlyBetween(2f, 10f);
        assertThat(mixed.at(0, 0)).isEqualTo(2);
    }

    @Test
    void croppedPixelsAreZero() {
        ScalarMap map = new ScalarMap(2, 2, new float[] {3, 3, 3, 3});
        ScalarMap depth = MapResampling.depth(map, 4, 2, PixelTransform.IDENTITY.cropped(1, 0));
        assertThat(depth.values()).containsExactly(0, 3, 3, 0, 0, 3, 3, 0);
    }

    @Test
    void sameSizeIsTheSameMap() {
        ScalarMap map = plane(new Vec3(0.3, 0.1, 0.4), 8, 6, new Intrinsics(9, 9, 4, 3));
        assertThat(MapResampling.depth(map, 8, 6, PixelTransform.IDENTITY).values())
                .containsExactly(map.values(), within(1e-6f));
        assertThat(MapResampling.bilinear(map, 8, 6, PixelTransform.IDENTITY).values())
                .isEqualTo(map.values());
    }

    private static ScalarMap plane(Vec3 normal, int width, int height, Intrinsics camera) {
        float[] depth = new float[width * height];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = (float) (1 / normal.dot(ray(camera, i % width, i / width)));
        }
        return new ScalarMap(width, height, depth);
    }

    /** Returns the ray through a pixel center, at depth 1. */
    private static Vec3 ray(Intrinsics k, int x, int y) {
        return k.unproject(x + 0.5, y + 0.5, 1);
    }
}
