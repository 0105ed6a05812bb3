package da3.synthetic.solid;

import da3.geometry.math.Vec3;
import java.util.List;

/** Computes the colors of intersections and of the sky. */
final class Shader {

    /** Offset of shadow rays from their surface, relative to the distance. */
    private static final double SHADOW_OFFSET = 1e-6;

    private final SolidTree tree;
    private final Pattern[] patterns; // (solids, 6 faces)
    private final Light light;
    private final Light.Source[] sources;

    Shader(SolidTree tree, List<Solid> solids, Light light) {
        this.tree = tree;
        this.light = light;
        this.sources = light.sources().toArray(Light.Source[]::new);
        this.patterns = new Pattern[6 * solids.size()];
        for (int i = 0; i < patterns.length; i++) {
            List<Pattern> own = solids.get(i / 6).patterns();
            patterns[i] = own.get(i % 6 % own.size());
        }
    }

    /** Returns whether the pattern of a face has no edges. */
    boolean isSmooth(int solid, int face) {
        return patterns[6 * solid + face].isSmooth();
    }

    /** Mutable state of one image, reused for all samples. */
    static final class Scratch {
        final Hit hit = new Hit();
        final double[] weights = new double[5];
        final int[] blockers = {-1, -1, -1, -1, -1, -1, -1, -1};
        double red;
        double green;
        double blue;
    }

    /** Returns the light sources that are visible from a hit, one bit for each. */
    int visibleSources(double x, double y, double z, double distance, Scratch s) {
        Hit hit = s.hit;
        double offset = SHADOW_OFFSET * (1 + distance);
        double px = x + offset * hit.nx;
        double py = y + offset * hit.ny;
        double pz = z + offset * hit.nz;
        int bits = 0;
        for (int i = 0; i < sources.length; i++) {
            Vec3 position = sources[i].position();
            boolean sun = sources[i].sun();
            double tx = sun ? position.x() : position.x() - px;
            double ty = sun ? position.y() : position.y() - py;
            double tz = sun ? position.z() : position.z() - pz;
            if (tx * hit.nx + ty * hit.ny + tz * hit.nz <= 0) {
                continue;
            }
            int blocker = tree.blocker(px, py, pz, tx, ty, tz, sun ? Double.POSITIVE_INFINITY : 1, s.blockers[i]);
            if (blocker < 0) {
                bits |= 1 << i;
            } else {
                s.blockers[i] = blocker;
            }
        }
        return bits;
    }

    /**
     * Adds the color of a hit.
     *
     * @param footprint size of a pixel at the hit along the face, in meters
     * @param lit light sources that are visible from the hit
     * @param again whether face and pixel are the same as in the previous call
     */
    void add(double x, double y, double z, double footprint, int lit, boolean again, Scratch s) {
        Hit hit = s.hit;
        Pattern pattern = patterns[6 * hit.solid + hit.face];
        pattern.mix(hit.face, hit.u, hit.v, footprint, again, s.weights);
        double up = 0.5 + 0.5 * hit.ny;
        double red =
                light.below().red() + up * (light.above().red() - light.below().red());
        double green = light.below().green()
                + up * (light.above().green() - light.below().green());
        double blue = light.below().blue()
                + up * (light.above().blue() - light.below().blue());
        for (int i = 0; i < sources.length; i++) {
            if ((lit & 1 << i) == 0) {
                continue;
            }
            Vec3 position = sources[i].position();
            double slant;
            if (sources[i].sun()) {
                slant = position.x() * hit.nx + position.y() * hit.ny + position.z() * hit.nz;
            } else {
                double tx = position.x() - x;
                double ty = position.y() - y;
                double tz = position.z() - z;
                double squared = tx * tx + ty * ty + tz * tz + 0.05; // approximates the size of the lamp
                slant = (tx * hit.nx + ty * hit.ny + tz * hit.nz) / (squared * Math.sqrt(squared));
            }
            slant = Math.max(0, slant);
            red += slant * sources[i].strength().red();
            green += slant * sources[i].strength().green();
            blue += slant * sources[i].strength().blue();
        }
        double a = s.weights[0] * s.weights[3];
        double b = s.weights[1] * s.weights[3];
        double c = s.weights[2] * s.weights[3];
        s.red += red
                * (a * pattern.first().red()
                        + b * pattern.second().red()
                        + c * pattern.third().red());
        s.green += green
                * (a * pattern.first().green()
                        + b * pattern.second().green()
                        + c * pattern.third().green());
        s.blue += blue
                * (a * pattern.first().blue()
                        + b * pattern.second().blue()
                        + c * pattern.third().blue());
    }

    /** Adds the color of the sky in a direction of any length. */
    void addSky(double dx, double dy, double dz, Scratch s) {
        if (light.sky().isEmpty()) {
            return;
        }
        Light.Sky sky = light.sky().get();
        double height = Math.max(0, dy / Math.sqrt(dx * dx + dy * dy + dz * dz));
        double sheet = 3 / (height + 0.15);
        double noise = 0.6 * Lattice.smooth(sky.seed(), dx * sheet, dz * sheet)
                + 0.4 * Lattice.smooth(sky.seed() + 1, 2.3 * dx * sheet, 2.3 * dz * sheet);
        double cloud = Math.max(0, Math.min(1, 3 * noise - 1.2)) * Math.min(1, 5 * height);
        double zenith = (1 - cloud) * Math.sqrt(height);
        double horizon = 1 - cloud - zenith;
        s.red += cloud * sky.cloud().red()
                + zenith * sky.zenith().red()
                + horizon * sky.horizon().red();
        s.green += cloud * sky.cloud().green()
                + zenith * sky.zenith().green()
                + horizon * sky.horizon().green();
        s.blue += cloud * sky.cloud().blue()
                + zenith * sky.zenith().blue()
                + horizon * sky.horizon().blue();
    }
}
