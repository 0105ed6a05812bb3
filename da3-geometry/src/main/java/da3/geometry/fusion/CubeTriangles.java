package da3.geometry.fusion;

import java.util.Arrays;

/**
 * How the surface runs through a cube of eight voxels, for each of the 256 ways in which its corners can lie inside or
 * outside. Derived from the cube itself: on each face every run of inside corners is cut off by a segment from the edge
 * where one enters the run to the edge where one leaves it, going around anticlockwise as seen from outside the cube. Two
 * cubes at a face so always agree on it, also where two inside corners lie across from each other: they stay apart. Each
 * crossed edge is entered on one of its faces and left on the other, so the segments close to loops, which are cut into
 * triangles along lines that lie in no face; such lines would meet those of the cube beyond it.
 *
 * <p>Corner c has x = c &amp; 1, y = c &gt;&gt; 1 &amp; 1, z = c &gt;&gt; 2; edge {@code 4 * axis + n} starts at the
 * n-th of the corners whose coordinate along its axis is 0.
 */
final class CubeTriangles {

    static final int EDGES = 12;

    private static final int[] EDGE_START = new int[EDGES];
    private static final int[][] EDGE_BETWEEN = new int[8][8];

    /** Six faces of four corners, anticlockwise as seen from outside. */
    private static final int[][] FACES = new int[6][4];

    private static final int[][] TRIANGLES = new int[256][];

    static {
        for (int axis = 0; axis < 3; axis++) {
            int edge = 4 * axis;
            for (int corner = 0; corner < 8; corner++) {
                if ((corner >> axis & 1) == 0) {
                    EDGE_BETWEEN[corner][corner | 1 << axis] = edge;
                    EDGE_BETWEEN[corner | 1 << axis][corner] = edge;
                    EDGE_START[edge++] = corner;
                }
            }
            int next = 1 << (axis + 1) % 3;
            int last = 1 << (axis + 2) % 3;
            int far = 1 << axis;
            FACES[2 * axis] = new int[] {0, last, next | last, next};
            FACES[2 * axis + 1] = new int[] {far, far | next, far | next | last, far | last};
        }
        for (int inside = 0; inside < 256; inside++) {
            TRIANGLES[inside] = triangles(inside);
        }
    }

    private CubeTriangles() {}

    /**
     * Edges whose crossings make triangles, three each, anticlockwise as seen from outside the surface.
     *
     * @param inside bit c is set where corner c lies inside
     */
    static int[] of(int inside) {
        return TRIANGLES[inside];
    }

    /** The corner with the lesser coordinates of an edge. */
    static int start(int edge) {
        return EDGE_START[edge];
    }

    static int axis(int edge) {
        return edge / 4;
    }

    private static int[] triangles(int inside) {
        int[] next = new int[EDGES];
        Arrays.fill(next, -1);
        for (int[] face : FACES) {
            for (int i = 0; i < 4; i++) {
                if (!isInside(inside, face, i) && isInside(inside, face, i + 1)) {
                    int end = i + 1;
                    while (isInside(inside, face, end + 1)) {
                        end++;
                    }
                    next[edge(face, i)] = edge(face, end);
                }
            }
        }
        int[] all = new int[3 * EDGES];
        int count = 0;
        for (int first = 0; first < EDGES; first++) {
            int[] loop = new int[EDGES];
            int length = 0;
            for (int edge = first; next[edge] >= 0; length++) {
                loop[length] = edge;
                int following = next[edge];
                next[edge] = -1;
                edge = following;
            }
            if (length > 0) {
                count = cut(loop, 0, length - 1, all, count);
            }
        }
        return Arrays.copyOf(all, count);
    }

    private static boolean isInside(int inside, int[] face, int i) {
        return (inside >> face[i & 3] & 1) == 1;
    }

    private static int edge(int[] face, int i) {
        return EDGE_BETWEEN[face[i & 3]][face[i + 1 & 3]];
    }

    /**
     * Cuts the polygon from {@code from} to {@code to} of a loop, whose closing side is drawn already.
     *
     * @return where the next triangle goes, or -1 if it cannot be cut
     */
    private static int cut(int[] loop, int from, int to, int[] triangles, int at) {
        if (to - from < 2) {
            return at;
        }
        for (int tip = from + 1; tip < to; tip++) {
            boolean legal = (tip == from + 1 || !shareAFace(loop[from], loop[tip]))
                    && (tip == to - 1 || !shareAFace(loop[tip], loop[to]));
            int half = legal ? cut(loop, from, tip, triangles, at) : -1;
            int whole = half >= 0 ? cut(loop, tip, to, triangles, half) : -1;
            if (whole >= 0) {
                triangles[whole] = loop[from];
                triangles[whole + 1] = loop[tip];
                triangles[whole + 2] = loop[to];
                return whole + 3;
            }
        }
        return -1;
    }

    private static boolean shareAFace(int a, int b) {
        for (int axis = 0; axis < 3; axis++) {
            boolean bothAcross = axis != axis(a) && axis != axis(b);
            if (bothAcross && (start(a) >> axis & 1) == (start(b) >> axis & 1)) {
                return true;
            }
        }
        return false;
    }
}
