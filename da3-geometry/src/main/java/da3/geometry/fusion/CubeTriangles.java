package da3.geometry.fusion;

import java.util.Arrays;

/**
 * The triangles of the surface in a cube of eight voxels, for each of the 256 cases of corners inside and outside. The
 * table is derived from the cube. On each face, every run of inside corners is separated by a segment from the edge
 * where a counterclockwise walk, as seen from outside the cube, enters the run to the edge where it leaves the run. Two
 * cubes that share a face therefore agree on it, also where two inside corners are diagonally opposite: they stay
 * separate. Each crossed edge is entered on one of its faces and left on the other, so the segments close to loops.
 * Loops are triangulated along diagonals that are not in a face of the cube, since those would coincide with edges of
 * the adjacent cube.
 *
 * <p>Corner c has x = c &amp; 1, y = c &gt;&gt; 1 &amp; 1, z = c &gt;&gt; 2; edge {@code 4 * axis + n} starts at the
 * n-th of the corners whose coordinate along its axis is 0.
 */
final class CubeTriangles {

    static final int EDGES = 12;

    private static final int[] EDGE_START = new int[EDGES];
    private static final int[][] EDGE_BETWEEN = new int[8][8];

    /** Six faces of four corners, counterclockwise as seen from outside. */
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
     * Returns the edges whose crossings form triangles, three per triangle, counterclockwise as seen from outside the
     * surface.
     *
     * @param inside bit c is set if corner c is inside
     */
    static int[] of(int inside) {
        return TRIANGLES[inside];
    }

    /** Returns the corner of an edge with the smaller coordinate. */
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
                count = triangulate(loop, 0, length - 1, all, count);
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
     * Triangulates the polygon from {@code from} to {@code to} of a loop, whose closing side exists already.
     *
     * @return the end of the written triangles, or -1 if no triangulation exists
     */
    private static int triangulate(int[] loop, int from, int to, int[] triangles, int at) {
        if (to - from < 2) {
            return at;
        }
        for (int tip = from + 1; tip < to; tip++) {
            boolean allowed = (tip == from + 1 || !shareAFace(loop[from], loop[tip]))
                    && (tip == to - 1 || !shareAFace(loop[tip], loop[to]));
            int half = allowed ? triangulate(loop, from, tip, triangles, at) : -1;
            int whole = half >= 0 ? triangulate(loop, tip, to, triangles, half) : -1;
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
