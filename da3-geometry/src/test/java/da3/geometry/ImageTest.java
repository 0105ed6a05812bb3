package da3.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ImageTest {

    @Test
    void appendsAnImageOfTheSameHeight() {
        Image left = new Image(1, 2, new byte[] {1, 2, 3, 4, 5, 6});
        Image right = new Image(2, 2, new byte[] {11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22});
        Image both = left.appendRight(right);
        assertThat(both.width()).isEqualTo(3);
        assertThat(both.rgb()).containsExactly(1, 2, 3, 11, 12, 13, 14, 15, 16, 4, 5, 6, 17, 18, 19, 20, 21, 22);
        assertThatThrownBy(() -> left.appendRight(new Image(1, 1, new byte[3])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("height of the right image must be 2, got 1");
    }

    @Test
    void cropsAPart() {
        byte[] rgb = new byte[3 * 4 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) i;
        }
        Image part = new Image(4, 3, rgb).cropped(1, 1, 2, 2);
        assertThat(part.width()).isEqualTo(2);
        assertThat(part.rgb()).containsExactly(15, 16, 17, 18, 19, 20, 27, 28, 29, 30, 31, 32);
        assertThatThrownBy(() -> part.cropped(1, 0, 2, 2)).hasMessage("left must be from 0 to 0, got 1");
    }
}
