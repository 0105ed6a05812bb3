package da3.synthetic;

import da3.geometry.check.Check;
import da3.geometry.math.Vec3;

/**
 * The color of a surface as a function of its texture coordinates in meters: x and y on flat faces and along cylinders
 * (z is 0 there), and all three relative to the center of a sphere.
 */
public sealed interface Texture {

    /** Returns the fraction of light that is reflected, 0 to 1 in each channel. */
    Color color(Vec3 p);

    /** Returns whether the color is emitted light, without shading. */
    default boolean glows() {
        return false;
    }

    /** A uniform color. */
    record Solid(Color color) implements Texture {
        @Override
        public Color color(Vec3 p) {
            return color;
        }
    }

    /** A uniform light. */
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

    /** A checkerboard of squares (cubes on a sphere) with sides of {@code side} meters. */
    record Checker(Color even, Color odd, double side) implements Texture {
        public Checker {
            Check.positive("side of a checker", side);
        }

        @Override
        public Color color(Vec3 p) {
            long parity =
                    (long) Math.floor(p.x() / side) + (long) Math.floor(p.y() / side) + (long) Math.floor(p.z() / side);
            return (parity & 1) == 0 ? even : odd;
        }
    }

    /** Horizontal stripes of {@code width} meters. */
    record Stripes(Color even, Color odd, double width) implements Texture {
        public Stripes {
            Check.positive("width of stripes", width);
        }

        @Override
        public Color color(Vec3 p) {
            return ((long) Math.floor(p.y() / width) & 1) == 0 ? even : odd;
        }
    }

    /** A gradient from one color at y = 0 to another at y = {@code height} meters. */
    record Gradient(Color bottom, Color top, double height) implements Texture {
        public Gradient {
            Check.positive("height of a gradient", height);
        }

        @Override
        public Color color(Vec3 p) {
            return bottom.mixed(top, Math.max(0, Math.min(1, p.y() / height)));
        }
    }

    /** Noise between two colors, with features of about {@code size} meters and finer octaves. */
    record Mottled(Color low, Color high, double size, int octaves, long seed) implements Texture {
        public Mottled {
            Check.positive("feature size of noise", size);
            Check.inRange("octaves of noise", 1, 16, octaves);
        }

        @Override
        public Color color(Vec3 p) {
            double noise = ValueNoise.octaves(seed, p.times(1 / size), octaves);
            // Sums of noise are concentrated around 0.5; this increases the contrast.
            return low.mixed(high, Math.max(0, Math.min(1, 2 * noise - 0.5)));
        }
    }

    /** Bricks in a stretcher bond, each with its own shade. */
    record Bricks(Color brick, Color mortar, double length, double height, double joint, long seed) implements Texture {
        public Bricks {
            Check.positive("length of a brick", length);
            Check.positive("height of a brick", height);
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

    /** Planks along x with a width of {@code width} meters and a wood grain. */
    record Planks(Color light, Color dark, double width, double length, long seed) implements Texture {
        public Planks {
            Check.positive("width of a plank", width);
            Check.positive("length of a plank", length);
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
