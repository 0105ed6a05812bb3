package da3.geometry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Image;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageResizeTest {

    @Test
    void areaAveragesOverThePixelArea() {
        // Each new pixel covers one and a half old ones.
        assertThat(red(ImageResize.area(row(0, 30, 90), 2, 1))).containsExactly(10, 70);
        assertThat(red(ImageResize.area(row(0, 10, 20, 30), 1, 1))).containsExactly(15);
    }

    @Test
    void areaRoundsTiesToEvenExceptWhenHalving() {
        assertThat(red(ImageResize.area(row(0, 1, 2, 3), 2, 1))).containsExactly(0, 2);
        Image square = new Image(2, 2, new byte[] {0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0});
        assertThat(red(ImageResize.area(square, 1, 1))).containsExactly(1);
    }

    @Test
    void cubicKeepsConstantsAndIsClipped() {
        assertThat(red(ImageResize.cubic(row(77, 77, 77), 7, 3))).containsOnly(77);
        assertThat(red(ImageResize.cubic(row(0, 0, 255, 255), 8, 1)))
                .startsWith(0, 0, 0)
                .endsWith(255, 255, 255)
                .isSorted();
    }

    @Test
    void cubicUsesFourNeighbors() {
        // At a quarter beyond pixel 1: a = -0.75 gives -0.10546875, 0.87890625, 0.26171875, -0.03515625.
        int[] values = red(ImageResize.cubic(row(100, 40, 200, 120), 8, 1));
        assertThat(values[3]).isEqualTo((int) Math.rint(-10.546875 + 35.15625 + 52.34375 - 4.21875));
    }

    /** Weights that fall off linearly to 0 at twice the distance of pixels where an image is halved. */
    @Test
    void linearAveragesWhereItShrinks() {
        assertThat(red(ImageResize.linear(row(0, 80, 160, 240), 2, 1))).containsExactly(57, 183);
        assertThat(red(ImageResize.linear(row(0, 200), 4, 1))).containsExactly(0, 50, 150, 200);
        assertThat(red(ImageResize.linear(row(77, 77, 77), 7, 3))).containsOnly(77);
    }

    @Test
    void theSameSizeChangesNothing() {
        byte[] noise = new byte[3 * 13 * 9];
        new Random(1).nextBytes(noise);
        Image image = new Image(13, 9, noise);
        assertThat(ImageResize.area(image, 13, 9).rgb()).isEqualTo(noise);
        assertThat(ImageResize.cubic(image, 13, 9).rgb()).isEqualTo(noise);
        assertThat(ImageResize.linear(image, 13, 9).rgb()).isEqualTo(noise);
    }

    @Test
    void rowsAndColumnsAreTreatedAlike() {
        byte[] noise = new byte[3 * 13 * 9];
        new Random(2).nextBytes(noise);
        Image image = new Image(13, 9, noise);
        assertThat(transposed(ImageResize.area(transposed(image), 4, 7)).rgb())
                .isEqualTo(ImageResize.area(image, 7, 4).rgb());
    }

    @Test
    void rejectsInvalidSizes() {
        assertThatThrownBy(() -> ImageResize.area(row(1, 2), 3, 1)).hasMessageContaining("3x1");
        assertThatThrownBy(() -> ImageResize.cubic(row(1, 2), 0, 1)).hasMessageContaining("0x1");
    }

    private static Image row(int... red) {
        byte[] rgb = new byte[3 * red.length];
        for (int i = 0; i < red.length; i++) {
            rgb[3 * i] = (byte) red[i];
        }
        return new Image(red.length, 1, rgb);
    }

    private static int[] red(Image image) {
        int[] red = new int[image.width() * image.height()];
        for (int i = 0; i < red.length; i++) {
            red[i] = image.rgb()[3 * i] & 0xff;
        }
        return red;
    }

    private static Image transposed(Image image) {
        byte[] rgb = new byte[image.rgb().length];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                System.arraycopy(image.rgb(), 3 * (y * image.width() + x), rgb, 3 * (x * image.height() + y), 3);
            }
        }
        return new Image(image.height(), image.width(), rgb);
    }
}
