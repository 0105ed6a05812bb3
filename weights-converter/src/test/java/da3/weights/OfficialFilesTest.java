package da3.weights;

import static org.assertj.core.api.Assertions.assertThat;

import da3.weights.safetensors.DType;
import da3.weights.safetensors.SafetensorsFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Files written by the official Python library, safetensors 0.8.0. Value {@code i} of a tensor with the offset
 * {@code n} is {@code (i - n) / 8}.
 */
class OfficialFilesTest {

    @Test
    void everyTypeOfSaveFile() throws Exception {
        try (Checkpoint checkpoint = Checkpoint.open(official("mixed.safetensors"))) {
            assertValues(checkpoint, "a.f64", 3, 2, 3);
            assertValues(checkpoint, "b.f32", 4, 7);
            assertValues(checkpoint, "c.f16", 5, 3, 1, 2);
            assertValues(checkpoint, "d.bf16", 6, 5);
            assertValues(checkpoint, "g.scalar", 1);
            assertValues(checkpoint, "h.empty", 0, 0, 4);
            assertThat(checkpoint.dtypes())
                    .isEqualTo(Set.of(DType.F64, DType.F32, DType.F16, DType.BF16, DType.I64, DType.BOOL));
        }
        try (SafetensorsFile file = SafetensorsFile.open(official("mixed.safetensors"))) {
            assertThat(file.metadata()).isEqualTo(Map.of("format", "pt", "made by", "save_file"));
            assertThat(file.readLongs("e.i64")).containsExactly(-2, -1, 0, 1);
            assertThat(file.readLongs("f.bool")).containsExactly(1, 0, 1);
        }
    }

    @Test
    void sharedNormsOfSaveModel() throws Exception {
        try (Checkpoint checkpoint = Checkpoint.open(official("shared.safetensors"))) {
            for (int level = 0; level < 4; level++) {
                String at = "model.head.scratch.output_conv2_aux." + level;
                assertValues(checkpoint, at + ".0.weight", level, 4, 2, 1, 1);
                assertValues(checkpoint, at + ".0.bias", 20 + level, 4);
                assertValues(checkpoint, at + ".2.weight", 2, 4);
                assertValues(checkpoint, at + ".2.bias", 9, 4);
            }
            assertThat(checkpoint.storedBytes()).isEqualTo(4 * (4 * (8 + 4) + 4 + 4));
        }
    }

    @Test
    void shardsAndTheirIndex() throws Exception {
        for (String path : new String[] {"sharded", "sharded/model.safetensors.index.json"}) {
            try (Checkpoint checkpoint = Checkpoint.open(official(path))) {
                assertValues(checkpoint, "model.a", 0, 3, 4);
                assertValues(checkpoint, "model.b", 1, 5);
                assertValues(checkpoint, "model.c", 2, 2, 2);
                assertValues(checkpoint, "model.d", 3, 6);
                assertValues(checkpoint, "model.alias", 2, 2, 2);
                assertThat(checkpoint.files()).hasSize(3);
                assertThat(checkpoint.storedBytes()).isEqualTo(66);
                assertThat(checkpoint.unexpected()).isEmpty();
            }
        }
    }

    private static void assertValues(Checkpoint checkpoint, String name, int offset, int... shape) {
        int elements = 1;
        for (int length : shape) {
            elements *= length;
        }
        float[] expected = new float[elements];
        for (int i = 0; i < elements; i++) {
            expected[i] = (i - offset) / 8f;
        }
        FloatBuffer values = FloatBuffer.allocate(elements);
        checkpoint.read(name, shape, values);
        assertThat(values.array()).as(name).containsExactly(expected);
    }

    private static Path official(String name) throws IOException, URISyntaxException {
        return Path.of(OfficialFilesTest.class
                .getResource("/da3/weights/official/" + name)
                .toURI());
    }
}
