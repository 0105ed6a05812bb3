package da3.train.data;

import java.util.SplittableRandom;

/**
 * Varies the colors of a scene: some changes are shared by all views, like those of one camera, and others differ by
 * view.
 */
final class Photometric {

    private final Augmentation strength;
    private final SplittableRandom random;

    private Photometric(Augmentation strength, SplittableRandom random) {
        this.strength = strength;
        this.random = random;
    }

    /** Factors of one draw. */
    private record Change(double brightness, double contrast, double gamma, double saturation, double hue) {

        Change with(Change o) {
            return new Change(
                    brightness * o.brightness,
                    contrast * o.contrast,
                    gamma * o.gamma,
                    saturation * o.saturation,
                    hue + o.hue);
        }
    }

    /** Changes the colors of a scene in place. */
    static void apply(TrainingScene scene, Augmentation strength, SplittableRandom random) {
        if (!strength.changesColors()) {
            return;
        }
        Photometric photometric = new Photometric(strength, random);
        Change shared = photometric.draw(1);
        boolean gray = random.nextDouble() < strength.grayscale();
        double noise = strength.noise() * random.nextDouble();
        int values = 3 * scene.rows() * scene.columns();
        for (int view = 0; view < scene.views(); view++) {
            Change change = shared.with(photometric.draw(strength.perView()));
            photometric.change(scene.rgb(), view * values, values, change, gray, noise);
        }
    }

    private Change draw(double share) {
        return new Change(
                1 + share * strength.brightness() * signed(),
                1 + share * strength.contrast() * signed(),
                Math.exp(share * strength.gamma() * signed()),
                1 + share * strength.saturation() * signed(),
                share * strength.hue() * signed());
    }

    private double signed() {
        return 2 * random.nextDouble() - 1;
    }

    private void change(byte[] rgb, int from, int values, Change change, boolean gray, double noise) {
        double mean = 0;
        for (int i = from; i < from + values; i++) {
            mean += rgb[i] & 0xff;
        }
        mean /= 255.0 * values;
        double[] tone = tone(change, mean);
        double[] turn = turn(gray ? 0 : change.saturation, change.hue);
        for (int i = from; i < from + values; i += 3) {
            double r = tone[rgb[i] & 0xff];
            double g = tone[rgb[i + 1] & 0xff];
            double b = tone[rgb[i + 2] & 0xff];
            for (int c = 0; c < 3; c++) {
                double value = turn[3 * c] * r + turn[3 * c + 1] * g + turn[3 * c + 2] * b;
                value += noise > 0 ? noise * RandomStreams.normal(random) : 0;
                rgb[i + c] = (byte) Math.round(255 * Math.max(0, Math.min(1, value)));
            }
        }
    }

    /** Returns the results of gamma, brightness and contrast for the 256 values of a channel. */
    private static double[] tone(Change change, double mean) {
        double[] table = new double[256];
        for (int i = 0; i < 256; i++) {
            double value = change.brightness * Math.pow(i / 255.0, change.gamma);
            table[i] = mean + change.contrast * (value - mean);
        }
        return table;
    }

    /** Returns the matrix, (3, 3), that rotates colors about the gray axis and scales their distance from it. */
    private static double[] turn(double saturation, double hue) {
        double cos = saturation * Math.cos(2 * Math.PI * hue);
        double sin = saturation * Math.sin(2 * Math.PI * hue) / Math.sqrt(3);
        double[] gray = {0.299, 0.587, 0.114}; // luma of Rec. 601
        double[] matrix = new double[9];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                double identity = row == column ? 1 : 0;
                // of the chroma's cross product with (1, 1, 1)
                double cross = (column - row + 3) % 3 == 1 ? -1 : (column - row + 3) % 3 == 2 ? 1 : 0;
                matrix[3 * row + column] = gray[column] + cos * (identity - gray[column]) + sin * cross;
            }
        }
        return matrix;
    }
}
