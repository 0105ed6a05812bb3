package da3.geometry.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KdTreeTest {

    @Test
    void agreesWithAnExhaustiveSearch() {
        Random random = new Random(5);
        float[] p = new float[3 * 700];
        for (int i = 0; i < p.length; i++) {
            // A coarse lattice gives equal distances and coincident points.
            p[i] = i < 900 ? random.nextInt(4) : random.nextFloat() * 4;
        }
        KdTree tree = new KdTree(p);
        for (int query = 0; query < 200; query++) {
            double x = query % 2 == 0 ? random.nextInt(4) : random.nextDouble() * 6 - 1;
            double y = random.nextDouble() * 4;
            double z = query % 3 == 0 ? random.nextInt(4) : random.nextDouble() * 4;
            int count = 1 + query % 20;
            List<Integer> expected = IntStream.range(0, 700)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) ->
                                    square(p[3 * i] - x) + square(p[3 * i + 1] - y) + square(p[3 * i + 2] - z))
                            .thenComparing(i -> i))
                    .limit(count)
                    .toList();
            KdTree.Nearest nearest = tree.nearest(x, y, z, count);
            assertThat(IntStream.range(0, nearest.size()).mapToObj(nearest::point))
                    .isEqualTo(expected);
        }
    }

    @Test
    void smallTreesReturnAllPoints() {
        assertThat(new KdTree(new float[0]).nearest(0, 0, 0, 3).size()).isZero();
        KdTree.Nearest nearest = new KdTree(new float[] {3, 4, 0}).nearest(0, 0, 0, 3);
        assertThat(nearest.size()).isEqualTo(1);
        assertThat(nearest.distance(0)).isEqualTo(5);
    }

    private static double square(double v) {
        return v * v;
    }
}
