package da3.synthetic;

import da3.geometry.math.Vec3;

/**
 * The color of a surface at each of its points, a function of the surface's own coordinates in meters: x and y along
 * flat faces and round cylinders (z is 0 there), all three from the middle of a sphere.
 */
public sealed interface Texture {

    /** How much of the light is given back, 0 to 1 a channel. */
    Color color(Vec3 p);

    /** Whether the color is light of its own, without shadow. */
    default boolean glows() {
        return false;
    }

    /** One color. */
    record Solid(Color color) implements Texture {
        @Override
        public Color color(Vec3 p) {
            return color;
        }
    }

    /** A lamp. */
    record Glow(Color light) implements Texture {
        @Override
        public Color color(Vec3 p) {
            return light;
        }

        @Override
        public boolean glows() {
            return true;
        }
    }

    /** Squares, cubes on a sphere, of {@code side} meters. */
    record Checker(Color even, Color odd, double side) implements Texture {
        public Checker {
            Vectors.requirePositive("side of a checker", side);
        }

        @Override
        public Color color(Vec3 p) {
            long parity =
                    (long) Math.floor(p.x() / side) + (long) Math.floor(p.y() / side) + (long) Math.floor(p.z() / side);
            return (parity & 1) == 0 ? even : odd;
        }
    }

    /** Stripes of {@code width} meters, one above the other. */
    record Stripes(Color even, Color odd, double width) implements Texture {
        public Stripes {
            Vectors.requirePositive("width of stripes", width);
        }

        @Override
        public Color color(Vec3 p) {
            return ((long) Math.floor(p.y() / width) & 1) == 0 ? even : odd;
        }
    }

    /** From one color at y = 0 to another at y = {@code height} meters. */
    record Gradient(Color bottom, Color top, double height) implements Texture {
        public Gradient {
            Vectors.requirePositive("height of a gradient", height);
        }

        @Override
        public Color color(Vec3 p) {
            return bottom.mixed(top, Math.max(0, Math.min(1, p.y() / height)));
        }
    }

    /** Clouds of one color in another, with features about {@code size} meters wide, in octaves. */
    record Mottled(Color low, Color high, double size, int octaves, long seed) implements Texture {
        public Mottled {
            Vectors.requirePositive("feature size of noise", size);
            if (octaves < 1 || octaves > 16) {
                throw new IllegalArgumentException("noise has " + octaves + " octaves; legal: 1 to 16");
            }
        }

        @Override
        public Color color(Vec3 p) {
            double noise = ValueNoise.octaves(seed, p.times(1 / size), octaves);
            // Sums of noise crowd around the middle; this spreads them.
            return low.mixed(high, Math.max(0, Math.min(1, 2 * noise - 0.5)));
        }
    }

    /** Bricks in a stretcher bond, each of its own shade. */
    record Bricks(Color brick, Color mortar, double length, double height, double joint, long seed) implements Texture {
        public Bricks {
            Vectors.requirePositive("length of a brick", length);
            Vectors.requirePositive("height of a brick", height);
        }

        @Override
        public Color color(Vec3 p) {
            long course = (long) Math.floor(p.y() / height);
            double along = p.x() / length + ((course & 1) == 0 ? 0 : 0.5);
            long which = (long) Math.floor(along);
            double fromLeft = (along - which) * length;
            double fromBottom = p.y() - course * height;
            if (fromLeft < joint || fromBottom < joint) {
                return mortar;
            }
            double shade = 0.72 + 0.4 * ValueNoise.lattice(seed, which, course, 0);
            return brick.times(shade * (0.85 + 0.3 * ValueNoise.octaves(seed, p.times(40), 2)));
        }
    }

    /** Planks along x of {@code width} meters, with a grain. */
    record Planks(Color light, Color dark, double width, double length, long seed) implements Texture {
        public Planks {
            Vectors.requirePositive("width of a plank", width);
            Vectors.requirePositive("length of a plank", length);
        }

        @Override
        public Color color(Vec3 p) {
            long row = (long) Math.floor(p.y() / width);
            double along = p.x() / length + ValueNoise.lattice(seed, row, 1, 0);
            long which = (long) Math.floor(along);
            double edge = Math.min(p.y() - row * width, (along - which) * length);
            double shade = 0.7 + 0.3 * ValueNoise.lattice(seed, row, which, 2);
            Vec3 stretched = new Vec3(p.x() * 2.5 + 31.7 * which, p.y() * 45 + 13.1 * row, 0);
            double grain = ValueNoise.octaves(seed, stretched, 3);
            return light.mixed(dark, grain).times(edge < 0.004 ? 0.35 : shade);
        }
    }
}
