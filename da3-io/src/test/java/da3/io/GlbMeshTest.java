package da3.io;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.TriangleMesh;
import de.javagl.jgltf.model.AccessorByteData;
import de.javagl.jgltf.model.AccessorFloatData;
import de.javagl.jgltf.model.AccessorIntData;
import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.MeshPrimitiveModel;
import de.javagl.jgltf.model.io.GltfModelReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlbMeshTest {

    @TempDir
    private Path dir;

    /** Reads the file with jgltf. */
    @Test
    void trianglesAreReadBack() throws IOException {
        TriangleMesh mesh = new TriangleMesh(
                new float[] {1, 2, 3, 4, 5, 6, 7, 8, 10, 0, 0, 0},
                new float[] {0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 1},
                new byte[] {10, 20, 30, 1, 2, 3, 4, 5, 6, 7, 8, -1},
                new int[] {0, 1, 2, 2, 1, 3});
        Path file = dir.resolve("mesh.glb");
        Glb.writeMesh(mesh, file);
        GltfModel model = new GltfModelReader().read(file);
        MeshPrimitiveModel primitive =
                model.getMeshModels().get(0).getMeshPrimitiveModels().get(0);
        assertThat(primitive.getMode()).isEqualTo(4);
        AccessorFloatData positions =
                (AccessorFloatData) primitive.getAttributes().get("POSITION").getAccessorData();
        assertThat(positions.getNumElements()).isEqualTo(4);
        assertThat(new float[] {positions.get(2, 0), positions.get(2, 1), positions.get(2, 2)})
                .containsExactly(7, -8, -10);
        AccessorFloatData normals =
                (AccessorFloatData) primitive.getAttributes().get("NORMAL").getAccessorData();
        assertThat(normals.get(0, 2)).isEqualTo(-1);
        AccessorByteData colors =
                (AccessorByteData) primitive.getAttributes().get("COLOR_0").getAccessorData();
        assertThat(colors.get(3, 2)).isEqualTo((byte) -1);
        assertThat(colors.get(3, 3)).isEqualTo((byte) -1);
        AccessorIntData indices = (AccessorIntData) primitive.getIndices().getAccessorData();
        assertThat(indices.getNumElements()).isEqualTo(6);
        for (int i = 0; i < 6; i++) {
            assertThat(indices.get(i, 0)).isEqualTo(mesh.triangles()[i]);
        }
    }

    @Test
    void anEmptyMeshIsAValidFile() throws IOException {
        Path file = dir.resolve("mesh.glb");
        Glb.writeMesh(new TriangleMesh(new float[0], new float[0], new byte[0], new int[0]), file);
        assertThat(new GltfModelReader().read(file).getMeshModels()).isEmpty();
    }
}
