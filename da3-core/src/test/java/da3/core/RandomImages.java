package da3.core;

import da3.geometry.Image;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Small images of seeded noise. */
final class RandomImages {

    private RandomImages() {}

    static List<Image> of(int views, int width, int height, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, views)
                .mapToObj(v -> {
                    byte[] rgb = new byte[3 * width * height];
                    random.nextBytes(rgb);
                    return new Image(width, height, rgb);
                })
                .toList();
    }
}
