package da3.train.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The centers of the patches of one level. The array is not copied.
 *
 * @param images number of images
 * @param patches number of patches in each image
 * @param pixels (images, patches): row * columns + column
 */
public record PatchAnchors(int images, int patches, int[] pixels) {

    /** @throws IllegalArgumentException if the length of the array does not match the sizes */
    public PatchAnchors {
        ArrayShapes.require("anchors", pixels.length, images, patches);
    }

    /** Returns the anchors of one image. */
    int[] ofImage(int image) {
        return Arrays.copyOfRange(pixels, image * patches, (image + 1) * patches);
    }

    /**
     * Draws anchors among the valid pixels of each image, uniformly and with repetition. An image without a valid pixel
     * gets anchors on its first pixel, where patches are empty.
     *
     * @return the anchors of each level, in the order of the levels
     */
    public static List<PatchAnchors> draw(TeacherTruth truth, List<LocalLevel> levels, Random random) {
        List<int[]> drawn = levels.stream()
                .map(level -> new int[truth.images() * level.patches()])
                .toList();
        for (int image = 0; image < truth.images(); image++) {
            int[] valid = valid(truth, image);
            for (int l = 0; l < drawn.size() && valid.length > 0; l++) {
                int patches = levels.get(l).patches();
                for (int patch = 0; patch < patches; patch++) {
                    drawn.get(l)[image * patches + patch] = valid[random.nextInt(valid.length)];
                }
            }
        }
        List<PatchAnchors> anchors = new ArrayList<>();
        for (int l = 0; l < drawn.size(); l++) {
            anchors.add(new PatchAnchors(truth.images(), levels.get(l).patches(), drawn.get(l)));
        }
        return anchors;
    }

    private static int[] valid(TeacherTruth truth, int image) {
        int[] valid = new int[truth.pixels()];
        int count = 0;
        for (int pixel = 0; pixel < valid.length; pixel++) {
            if (truth.mask()[image * valid.length + pixel]) {
                valid[count++] = pixel;
            }
        }
        return Arrays.copyOf(valid, count);
    }
}
