package da3.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Image;
import da3.geometry.Intrinsics;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputProcessingTest {

    private static final Intrinsics CAMERA = new Intrinsics(100, 110, 38, 28);

    @ParameterizedTest
    @CsvSource({
        // 76x57 at resolution 42 becomes 42x32 (31.5 is rounded to even) or 56x42
        "76, 57, upper_bound_resize, 42, 28",
        "76, 57, upper_bound_crop, 42, 28",
        "76, 57, lower_bound_resize, 56, 42",
        // 51x77 becomes 28x42 or 42x63; 63 is halfway between 56 and 70 and rounded up
        "51, 77, upper_bound_resize, 28, 42",
        "51, 77, lower_bound_resize, 42, 70",
        "51, 77, lower_bound_crop, 42, 56",
        "23, 17, upper_bound_resize, 42, 28",
    })
    void sidesBecomeMultiplesOfThePatch(int width, int height, String method, int newWidth, int newHeight) {
        ProcessedInput input =
                InputProcessing.process(List.of(image(width, height)), null, 42, ResizeMethod.of(method));
        assertThat(input.width()).isEqualTo(newWidth);
        assertThat(input.height()).isEqualTo(newHeight);
        assertThat(input.intrinsics()).isEmpty();
    }

    @Test
    void intrinsicsFollowResizing() {
        Intrinsics resized = InputProcessing.process(
                        List.of(image(76, 57)), List.of(CAMERA), 42, ResizeMethod.UPPER_BOUND_RESIZE)
                .intrinsics()
                .get(0);
        assertThat(resized.fx()).isCloseTo(100 * 42 / 76.0, within(1e-9));
        assertThat(resized.fy()).isCloseTo(110 * 28 / 57.0, within(1e-9));
        assertThat(resized.cy()).isCloseTo(28 * 28 / 57.0, within(1e-9));
    }

    @Test
    void intrinsicsFollowCropping() {
        Intrinsics cropped = InputProcessing.process(
                        List.of(image(76, 57)), List.of(CAMERA), 42, ResizeMethod.UPPER_BOUND_CROP)
                .intrinsics()
                .get(0);
        assertThat(cropped.fy()).isCloseTo(110 * 32 / 57.0, within(1e-9));
        assertThat(cropped.cy()).isCloseTo(28 * 32 / 57.0 - 2, within(1e-9));
    }

    @Test
    void mixedSizesAreCroppedToTheirCenter() {
        Image wide = image(42, 14);
        Image tall = image(14, 42);
        ProcessedInput input = InputProcessing.process(
                List.of(wide, tall), List.of(CAMERA, CAMERA), 42, ResizeMethod.UPPER_BOUND_RESIZE);
        assertThat(input.images()).allSatisfy(image -> {
            assertThat(image.width()).isEqualTo(14);
            assertThat(image.height()).isEqualTo(14);
        });
        assertThat(input.images().get(0).channel(0, 0, 0)).isEqualTo(14);
        assertThat(input.images().get(1).channel(0, 0, 1)).isEqualTo(14);
        assertThat(input.intrinsics().get(0)).isEqualTo(CAMERA.cropped(14, 0));
        assertThat(input.intrinsics().get(1)).isEqualTo(CAMERA.cropped(0, 14));
    }

    @Test
    void normalizedValuesAreStoredByChannel() {
        Image image = new Image(2, 1, new byte[] {0, (byte) 255, 51, 102, 0, (byte) 204});
        float[] values = InputProcessing.normalize(List.of(image, image));
        assertThat(values).hasSize(12);
        assertThat(values[0]).isEqualTo(-0.485f / 0.229f);
        assertThat(values[2]).isEqualTo((1 - 0.456f) / 0.224f);
        assertThat(values[11]).isCloseTo((0.8f - 0.406f) / 0.225f, within(1e-6f));
    }

    @Test
    void denormalizedBytesAreAtMostOneLower() {
        byte[] rgb = new byte[3 * 256];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3);
        }
        byte[] recovered = InputProcessing.denormalize(InputProcessing.normalize(List.of(new Image(256, 1, rgb))));
        int lower = 0;
        for (int i = 0; i < rgb.length; i++) {
            int difference = (rgb[i] & 0xff) - (recovered[i] & 0xff);
            assertThat(difference).isBetween(0, 1);
            lower += difference;
        }
        assertThat(lower).isPositive();
    }

    @Test
    void invalidInputIsRejected() {
        List<Image> one = List.of(image(42, 42));
        ResizeMethod method = ResizeMethod.UPPER_BOUND_RESIZE;
        assertThatThrownBy(() -> InputProcessing.process(List.of(), null, 42, method))
                .hasMessageContaining("number of images must be at least 1, got 0");
        assertThatThrownBy(() -> InputProcessing.process(one, null, 13, method))
                .hasMessageContaining("resolution must be at least 14, got 13");
        assertThatThrownBy(() -> InputProcessing.process(one, List.of(CAMERA, CAMERA), 42, method))
                .hasMessageContaining("number of intrinsics must be 0 or 1, one per image, got 2");
        assertThatThrownBy(() -> InputProcessing.process(
                        List.of(image(42, 42), image(300, 20)), null, 42, ResizeMethod.UPPER_BOUND_CROP))
                .hasMessageStartingWith("image 1 of 300x20 becomes 42x3 by upper_bound_crop");
        assertThatThrownBy(() -> InputProcessing.process(List.of(image(300, 20)), null, 42, method))
                .hasMessageContaining("sides must be at least 7");
        assertThatThrownBy(() ->
                        InputProcessing.process(List.of(image(30_000, 1)), null, 504, ResizeMethod.LOWER_BOUND_RESIZE))
                .hasMessageContaining("15120000x504");
        assertThatThrownBy(() -> ResizeMethod.of("stretch"))
                .hasMessageContaining("must be one of upper_bound_resize, upper_bound_crop, ");
    }

    /** Returns an image whose red channel is the column and whose green channel is the row. */
    private static Image image(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            rgb[3 * i] = (byte) (i % width);
            rgb[3 * i + 1] = (byte) (i / width);
        }
        return new Image(width, height, rgb);
    }
}
