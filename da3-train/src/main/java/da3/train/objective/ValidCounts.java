package da3.train.objective;

import da3.geometry.concurrent.Parallel;

/**
 * The number of elements of a whole batch that each term of the objective is averaged over.
 *
 * @param pixels valid pixels
 * @param horizontalPairs pixels that are valid together with their right neighbor
 * @param verticalPairs pixels that are valid together with their lower neighbor
 * @param rays valid pixels of the ray maps
 */
record ValidCounts(long pixels, long horizontalPairs, long verticalPairs, long rays) {

    static ValidCounts of(StudentTruth truth, NormalizedTruth normalized, int threads) {
        long[][] counts = new long[truth.images()][];
        int rays = normalized.rayRows() * normalized.rayColumns();
        Parallel.forEach(counts.length, threads, image -> {
            long[] ofImage = ofImage(truth.rows(), truth.columns(), truth.mask(), image);
            for (int ray = image * rays; ray < (image + 1) * rays; ray++) {
                ofImage[3] += normalized.rayMask()[ray] ? 1 : 0;
            }
            counts[image] = ofImage;
        });
        return sum(counts);
    }

    /** Counts the pixels and pairs of a batch without rays. */
    static ValidCounts of(TeacherTruth truth, int threads) {
        long[][] counts = new long[truth.images()][];
        Parallel.forEach(
                counts.length,
                threads,
                image -> counts[image] = ofImage(truth.rows(), truth.columns(), truth.mask(), image));
        return sum(counts);
    }

    private static ValidCounts sum(long[][] counts) {
        long[] sum = new long[4];
        for (long[] ofImage : counts) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += ofImage[i];
            }
        }
        return new ValidCounts(sum[0], sum[1], sum[2], sum[3]);
    }

    private static long[] ofImage(int rows, int columns, boolean[] mask, int image) {
        long pixels = 0;
        long horizontal = 0;
        long vertical = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int pixel = (image * rows + i) * columns + j;
                if (mask[pixel]) {
                    pixels++;
                    horizontal += j + 1 < columns && mask[pixel + 1] ? 1 : 0;
                    vertical += i + 1 < rows && mask[pixel + columns] ? 1 : 0;
                }
            }
        }
        return new long[] {pixels, horizontal, vertical, 0};
    }

    /** Returns the weight of each of {@code count} elements in a weighted mean; 0 if there are none. */
    static double share(double weight, long count) {
        return count == 0 ? 0 : weight / count;
    }
}
