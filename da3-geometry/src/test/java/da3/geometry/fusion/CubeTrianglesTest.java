package da3.geometry.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CubeTrianglesTest {

    private static boolean isInside(int inside, int corner) {
        return (inside >> corner & 1) == 1;
    }

    private static int end(int edge) {
        return CubeTriangles.start(edge) | 1 << CubeTriangles.axis(edge);
    }

    @Test
    void exactlyTheCrossedEdgesHaveVertices() {
        for (int inside = 0; inside < 256; inside++) {
            Set<Integer> used = new HashSet<>();
            for (int edge : CubeTriangles.of(inside)) {
                used.add(edge);
            }
            for (int edge = 0; edge < CubeTriangles.EDGES; edge++) {
                boolean crossed = isInside(inside, CubeTriangles.start(edge)) != isInside(inside, end(edge));
                assertThat(used.contains(edge)).isEqualTo(crossed);
            }
        }
    }

    /**
     * Triangle sides in a face are open until the adjacent cube closes them; all others have two triangles of opposite
     * orientation.
     */
    @Test
    void sidesAreSharedExceptInFaces() {
        for (int inside = 0; inside < 256; inside++) {
            for (Map.Entry<Integer, Integer> side : sides(inside).entrySet()) {
                int a = side.getKey() / 12;
                int b = side.getKey() % 12;
                boolean shared = sides(inside).containsKey(12 * b + a);
                assertThat(side.getValue()).isEqualTo(1);
                assertThat(shared).as("%d: %d to %d", inside, a, b).isNotEqualTo(inOneFace(a, b));
            }
        }
    }

    /** The sides that a cube leaves open at a face are closed by any neighbor with the same corners there. */
    @Test
    void neighborsAgreeOnTheirFace() {
        for (int axis = 0; axis < 3; axis++) {
            int bit = 1 << axis;
            Map<Integer, Set<Integer>> open = new HashMap<>();
            for (int inside = 0; inside < 256; inside++) {
                int far = 0;
                int near = 0;
                for (int corner = 0; corner < 8; corner++) {
                    far |= (corner & bit) != 0 && isInside(inside, corner) ? 1 << (corner & ~bit) : 0;
                    near |= (corner & bit) == 0 && isInside(inside, corner) ? 1 << corner : 0;
                }
                // The far face of one cube is the near face of the next, in reversed orientation.
                Set<Integer> leaving = onFace(inside, axis, 1);
                assertThat(open.computeIfAbsent(far, unseen -> leaving)).isEqualTo(leaving);
                int reversed = near;
                Set<Integer> entering = new HashSet<>();
                onFace(inside, axis, 0).forEach(side -> entering.add(side % 64 * 64 + side / 64));
                assertThat(open.computeIfAbsent(reversed, unseen -> entering)).isEqualTo(entering);
            }
        }
    }

    private static Map<Integer, Integer> sides(int inside) {
        Map<Integer, Integer> sides = new HashMap<>();
        int[] t = CubeTriangles.of(inside);
        for (int i = 0; i < t.length; i++) {
            sides.merge(12 * t[i] + t[i % 3 == 2 ? i - 2 : i + 1], 1, Integer::sum);
        }
        return sides;
    }

    private static boolean inOneFace(int a, int b) {
        int all = (1 << CubeTriangles.start(a)) | (1 << end(a)) | (1 << CubeTriangles.start(b)) | (1 << end(b));
        for (int face : new int[] {0x55, 0xaa, 0x33, 0xcc, 0x0f, 0xf0}) {
            if ((all & ~face) == 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns the sides in one face; edges are encoded by their corners without the coordinate of the axis. */
    private static Set<Integer> onFace(int inside, int axis, int side) {
        Set<Integer> found = new HashSet<>();
        for (int key : sides(inside).keySet()) {
            int a = key / 12;
            int b = key % 12;
            if (isIn(a, axis, side) && isIn(b, axis, side)) {
                found.add(flat(a, axis) * 64 + flat(b, axis));
            }
        }
        return found;
    }

    private static boolean isIn(int edge, int axis, int side) {
        return CubeTriangles.axis(edge) != axis && (CubeTriangles.start(edge) >> axis & 1) == side;
    }

    private static int flat(int edge, int axis) {
        return (CubeTriangles.start(edge) & ~(1 << axis)) * 8 + (end(edge) & ~(1 << axis));
    }
}
