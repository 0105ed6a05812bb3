package da3.synthetic.solid;

import java.util.List;

/** Solids stored as arrays, and their intersections with rays. */
final class SolidShapes {

    private static final double NONE = Double.POSITIVE_INFINITY;

    private final Solid.Kind[] kinds;
    private final double[] transforms; // (solids, 15): rows of the world-to-own rotation, center, half size

    SolidShapes(List<Solid> solids) {
        kinds = new Solid.Kind[solids.size()];
        transforms = new double[15 * kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            Solid s = solids.get(i);
            kinds[i] = s.kind();
            System.arraycopy(s.axes().transpose().toArray(), 0, transforms, 15 * i, 9);
            double[] rest = {
                s.center().x(),
                s.center().y(),
                s.center().z(),
                s.half().x(),
                s.half().y(),
                s.half().z()
            };
            System.arraycopy(rest, 0, transforms, 15 * i + 9, 6);
        }
    }

    /** Returns the first intersection of a ray with a solid, in lengths of the direction; infinity if there is none. */
    double intersect(int i, double wx, double wy, double wz, double dx, double dy, double dz) {
        double[] p = transforms;
        int b = 15 * i;
        double rx = wx - p[b + 9];
        double ry = wy - p[b + 10];
        double rz = wz - p[b + 11];
        double ox = p[b] * rx + p[b + 1] * ry + p[b + 2] * rz;
        double oy = p[b + 3] * rx + p[b + 4] * ry + p[b + 5] * rz;
        double oz = p[b + 6] * rx + p[b + 7] * ry + p[b + 8] * rz;
        double vx = p[b] * dx + p[b + 1] * dy + p[b + 2] * dz;
        double vy = p[b + 3] * dx + p[b + 4] * dy + p[b + 5] * dz;
        double vz = p[b + 6] * dx + p[b + 7] * dy + p[b + 8] * dz;
        double hx = p[b + 12];
        double hy = p[b + 13];
        return switch (kinds[i]) {
            case BOX -> box(ox, oy, oz, vx, vy, vz, hx, hy, p[b + 14]);
            case SPHERE -> sphere(ox, oy, oz, vx, vy, vz, hx);
            case CYLINDER -> cylinder(ox, oy, oz, vx, vy, vz, hx, hy);
            case CONE -> cone(ox, oy, oz, vx, vy, vz, hx, hy);
        };
    }

    private static double box(
            double ox, double oy, double oz, double vx, double vy, double vz, double hx, double hy, double hz) {
        double ix = 1 / vx;
        double iy = 1 / vy;
        double iz = 1 / vz;
        double x0 = (-hx - ox) * ix;
        double x1 = (hx - ox) * ix;
        double y0 = (-hy - oy) * iy;
        double y1 = (hy - oy) * iy;
        double z0 = (-hz - oz) * iz;
        double z1 = (hz - oz) * iz;
        double enter = Math.max(Math.min(x0, x1), Math.max(Math.min(y0, y1), Math.min(z0, z1)));
        double leave = Math.min(Math.max(x0, x1), Math.min(Math.max(y0, y1), Math.max(z0, z1)));
        if (!(enter <= leave && leave > 0)) {
            return NONE;
        }
        return enter > 0 ? enter : leave;
    }

    private static double sphere(double ox, double oy, double oz, double vx, double vy, double vz, double r) {
        double a = vx * vx + vy * vy + vz * vz;
        double middle = -(ox * vx + oy * vy + oz * vz) / a;
        // Starting at the point nearest to the center is numerically more accurate than b * b - a * c.
        double px = ox + middle * vx;
        double py = oy + middle * vy;
        double pz = oz + middle * vz;
        double half = (r * r - px * px - py * py - pz * pz) / a;
        if (half < 0) {
            return NONE;
        }
        double root = Math.sqrt(half);
        return middle - root > 0 ? middle - root : middle + root > 0 ? middle + root : NONE;
    }

    private static double cylinder(
            double ox, double oy, double oz, double vx, double vy, double vz, double r, double h) {
        double enter = Double.NEGATIVE_INFINITY;
        double leave = Double.POSITIVE_INFINITY;
        double a = vx * vx + vz * vz;
        double c = ox * ox + oz * oz - r * r;
        if (a > 0) {
            double b = ox * vx + oz * vz;
            double d = b * b - a * c;
            if (d < 0) {
                return NONE;
            }
            double root = Math.sqrt(d);
            enter = (-b - root) / a;
            leave = (-b + root) / a;
        } else if (c > 0) {
            return NONE;
        }
        double inverse = 1 / vy;
        double low = (-h - oy) * inverse;
        double high = (h - oy) * inverse;
        enter = Math.max(enter, Math.min(low, high));
        leave = Math.min(leave, Math.max(low, high));
        if (!(enter <= leave && leave > 0)) {
            return NONE;
        }
        return enter > 0 ? enter : leave;
    }

    private static double cone(double ox, double oy, double oz, double vx, double vy, double vz, double r, double h) {
        double best = NONE;
        double slope = r / (2 * h);
        double m = slope * slope;
        double toTip = h - oy;
        double a = vx * vx + vz * vz - m * vy * vy;
        double b = ox * vx + oz * vz + m * toTip * vy;
        double c = ox * ox + oz * oz - m * toTip * toTip;
        double d = b * b - a * c;
        if (d >= 0) {
            double root = Math.sqrt(d);
            // The numerically stable root, and the other from the product of both, since a may be near 0.
            double q = -(b + (b >= 0 ? root : -root));
            best = onCone(q / a, oy, vy, h, best);
            best = onCone(c / q, oy, vy, h, best);
        }
        double t = (-h - oy) / vy;
        double x = ox + t * vx;
        double z = oz + t * vz;
        return t > 0 && t < best && x * x + z * z <= r * r ? t : best;
    }

    private static double onCone(double t, double oy, double vy, double h, double best) {
        return t > 0 && t < best && Math.abs(oy + t * vy) <= h ? t : best;
    }

    /** Sets face, texture coordinates and normal of a hit whose solid and distance are known. */
    void describe(double wx, double wy, double wz, double dx, double dy, double dz, Hit hit) {
        double[] p = transforms;
        int b = 15 * hit.solid;
        double rx = wx + hit.t * dx - p[b + 9];
        double ry = wy + hit.t * dy - p[b + 10];
        double rz = wz + hit.t * dz - p[b + 11];
        double x = p[b] * rx + p[b + 1] * ry + p[b + 2] * rz;
        double y = p[b + 3] * rx + p[b + 4] * ry + p[b + 5] * rz;
        double z = p[b + 6] * rx + p[b + 7] * ry + p[b + 8] * rz;
        double hx = p[b + 12];
        double hy = p[b + 13];
        double radius = Math.sqrt(x * x + z * z);
        switch (kinds[hit.solid]) {
            case BOX -> {
                double hz = p[b + 14];
                double ax = Math.abs(Math.abs(x) - hx);
                double ay = Math.abs(Math.abs(y) - hy);
                double az = Math.abs(Math.abs(z) - hz);
                if (ax <= ay && ax <= az) {
                    flat(hit, x > 0 ? 1 : 0, z, y, x > 0 ? 1 : -1, 0, 0);
                } else if (ay <= az) {
                    flat(hit, y > 0 ? 3 : 2, x, z, 0, y > 0 ? 1 : -1, 0);
                } else {
                    flat(hit, z > 0 ? 5 : 4, x, y, 0, 0, z > 0 ? 1 : -1);
                }
            }
            case SPHERE -> {
                double ax = Math.abs(x);
                double ay = Math.abs(y);
                double az = Math.abs(z);
                if (ax >= ay && ax >= az) {
                    flat(hit, x > 0 ? 1 : 0, hx * z / ax, hx * y / ax, x / hx, y / hx, z / hx);
                } else if (ay >= az) {
                    flat(hit, y > 0 ? 3 : 2, hx * x / ay, hx * z / ay, x / hx, y / hx, z / hx);
                } else {
                    flat(hit, z > 0 ? 5 : 4, hx * x / az, hx * y / az, x / hx, y / hx, z / hx);
                }
            }
            case CYLINDER -> {
                if (Math.abs(Math.abs(y) - hy) < Math.abs(radius - hx)) {
                    flat(hit, y > 0 ? 3 : 2, x, z, 0, y > 0 ? 1 : -1, 0);
                } else {
                    round(hit, x, y, z, hx, radius, 0);
                }
            }
            case CONE -> {
                double slope = hx / (2 * hy);
                if (Math.abs(y + hy) < Math.abs(radius - slope * (hy - y))) {
                    flat(hit, 2, x, z, 0, -1, 0);
                } else {
                    round(hit, x, y, z, hx, radius, slope);
                }
            }
        }
        double nx = p[b] * hit.nx + p[b + 3] * hit.ny + p[b + 6] * hit.nz;
        double ny = p[b + 1] * hit.nx + p[b + 4] * hit.ny + p[b + 7] * hit.nz;
        double nz = p[b + 2] * hit.nx + p[b + 5] * hit.ny + p[b + 8] * hit.nz;
        double sign = nx * dx + ny * dy + nz * dz > 0 ? -1 : 1;
        hit.nx = sign * nx;
        hit.ny = sign * ny;
        hit.nz = sign * nz;
    }

    private static void flat(Hit hit, int face, double u, double v, double nx, double ny, double nz) {
        hit.face = face;
        hit.u = u;
        hit.v = v;
        hit.nx = nx;
        hit.ny = ny;
        hit.nz = nz;
    }

    /** Describes a point on a round side, which is divided into four faces so that no angle is needed. */
    private static void round(Hit hit, double x, double y, double z, double r, double radius, double slope) {
        double ax = Math.abs(x);
        double az = Math.abs(z);
        double norm = 1 / (Math.max(radius, 1e-12) * Math.sqrt(1 + slope * slope));
        double ny = slope / Math.sqrt(1 + slope * slope);
        if (ax >= az) {
            flat(hit, x > 0 ? 1 : 0, r * z / Math.max(ax, 1e-12), y, x * norm, ny, z * norm);
        } else {
            flat(hit, z > 0 ? 5 : 4, r * x / az, y, x * norm, ny, z * norm);
        }
    }
}
