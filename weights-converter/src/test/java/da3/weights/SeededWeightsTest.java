package da3.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.WeightsException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeededWeightsTest {

    @Test
    void attentionWeights() {
        String name = "model.backbone.pretrained.blocks.0.attn.qkv.weight";
        assertThat(SeededWeights.hash(name)).isEqualTo(0x184230366f3820d0L);
        assertThat(SeededWeights.mix(SeededWeights.hash(name), 0)).isEqualTo(0xc5aebb8580d35fcaL);
        assertThat(SeededWeights.mix(SeededWeights.hash(name), 3)).isEqualTo(0xee82576fb5dde1dfL);
        float[] values = read(name, 1152, 384);
        assertBits(values, 0x3dc5178d, 0x3bd5f2b9, 0xbdf06639, 0x3e1c4895);
        assertThat(values[442367]).isEqualTo(0.0157009438f);
    }

    @Test
    void transposedConvolution() {
        String name = "model.head.resize_layers.0.weight";
        assertThat(SeededWeights.hash(name)).isEqualTo(0x3749f01be6d759e9L);
        float[] values = read(name, 48, 48, 4, 4);
        assertBits(values, 0x3c901720, 0x3d94a958, 0xbd5de950, 0xbe123d84);
        assertThat(values[36863]).isEqualTo(0.0587050617f);
    }

    @Test
    void fieldOfViewBias() {
        String name = "model.cam_dec.fc_fov.0.bias";
        assertThat(SeededWeights.hash(name)).isEqualTo(0x0f72551f06103436L);
        assertBits(read(name, 2), 0x3f872265, 0x3f826158);
    }

    @ParameterizedTest
    @CsvSource({
        "blocks.3.ls1.gamma, 1, 0.3, 0.1",
        "pretrained.cls_token, 3, 0, 1",
        "pretrained.camera_token, 3, 0, 1",
        "pretrained.pos_embed, 3, 0, 0.5",
        "cam_dec.fc_qvec.bias, 1, 0.5, 0.25",
        "scratch.sky_output_conv2.2.bias, 1, 0.3, 0.05",
        "scratch.object_output_conv2.2.bias, 1, 0.3, 0.05",
        "norm.bias, 1, 0, 0.05",
        "norm.weight, 1, 1, 0.1",
        "patch_embed.proj.weight, 2, 0, 0.75",
        "cam_dec.fc_fov.0.weight, 2, 0, 0.05",
        "cam_dec.fc_qvec.weight, 2, 0, 0.1",
        "scratch.output_conv2.2.weight, 2, 0, 0.25",
        "scratch.sky_output_conv2.2.weight, 2, 0, 0.5",
        "fc1.weight, 2, 0, 0.5",
    })
    void rangesDependOnNameAndShape(String name, int dimensions, double offset, double scale) {
        int[] shape = dimensions == 1 ? new int[] {12} : dimensions == 2 ? new int[] {5, 12} : new int[] {1, 5, 12};
        assertThat(SeededWeights.range(name, shape)).isEqualTo(new SeededWeights.Range(offset, scale));
    }

    @Test
    void fillsBuffersFromTheirPosition() {
        FloatBuffer into =
                ByteBuffer.allocateDirect(4 * 200_002).asFloatBuffer().position(1);
        try (SeededWeights weights = new SeededWeights()) {
            weights.read("w.weight", new int[] {2, 100_000}, into);
        }
        assertThat(into.position()).isEqualTo(200_001);
        assertThat(into.get(0)).isZero();
        assertThat(into.get(200_001)).isZero();
        float[] expected = read("w.weight", 2, 100_000);
        assertThat(into.get(200_000)).isEqualTo(expected[199_999]);
        assertThat(into.get(70_001)).isEqualTo(expected[70_000]);
    }

    @Test
    void rejectsABufferThatIsTooSmall() {
        try (SeededWeights weights = new SeededWeights()) {
            assertThatThrownBy(() -> weights.read("w", new int[] {1 << 20, 1 << 20}, FloatBuffer.allocate(2)))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContaining("values, got 2");
        }
    }

    private static void assertBits(float[] values, int... bits) {
        for (int i = 0; i < bits.length; i++) {
            assertThat(Float.floatToIntBits(values[i])).as("value %d", i).isEqualTo(bits[i]);
        }
    }

    private static float[] read(String name, int... shape) {
        int elements = 1;
        for (int length : shape) {
            elements *= length;
        }
        FloatBuffer into = FloatBuffer.allocate(elements);
        try (SeededWeights weights = new SeededWeights()) {
            weights.read(name, shape, into);
        }
        return into.array();
    }
}
