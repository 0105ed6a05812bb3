package da3.streaming.frame;

import da3.streaming.frame.GrayPyramid.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Corners of an image and their positions in later images. Sources: Shi and Tomasi, "Good Features to Track", 1994, for
 * the corners; Bouguet, "Pyramidal Implementation of the Lucas Kanade Feature Tracker", 2000, for the tracking.
 */
final class PointTracker {

    /** Side of the cells, in pixels of the finest level, of which each gives at most one corner. */
    private static final int CELL = 20;

    /** Half the side of the window that is matched. */
    private static final int RADIUS = 4;

    private static final int ITERATIONS = 10;

    /** Length of a step in pixels below which the iteration ends. */
    private static final double CONVERGED = 0.03;

    /** Minimum smaller eigenvalue of the mean gradient matrix of a window: about two gray levels a pixel. */
    private static final double MIN_EIGENVALUE = 4;

    /** Maximum mean absolute difference of matched windows, in gray levels. */
    private static final double MAX_DIFFERENCE = 20;

    /** A position in pixels of the finest level. */
    record Point(double x, double y) {}

    private PointTracker() {}

    /** Returns the strongest corner of each cell that has one. */
    static List<Point> corners(GrayPyramid image) {
        Level level = image.finest();
        List<Point> corners = new ArrayList<>();
        int border = RADIUS + 1;
        for (int top = border; top + CELL <= level.height() - border; top += CELL) {
            for (int left = border; left + CELL <= level.width() - border; left += CELL) {
                double best = MIN_EIGENVALUE;
                Point corner = null;
                for (int i = 0; i < CELL * CELL; i += 2) {
                    Point p = new Point(left + i % CELL, top + i / CELL);
                    double eigenvalue = new Gradients(level, p).smallerEigenvalue();
                    if (eigenvalue > best) {
                        best = eigenvalue;
                        corner = p;
                    }
                }
                if (corner != null) {
                    corners.add(corner);
                }
            }
        }
        return corners;
    }

    /** Returns where a point of one image is in another one of the same size; empty if it is not found. */
    static Optional<Point> track(GrayPyramid from, GrayPyramid to, Point point) {
        double dx = 0;
        double dy = 0;
        for (int l = from.levels().size() - 1; l >= 0; l--) {
            double scale = 1.0 / (1 << l);
            Point at = new Point((point.x + 0.5) * scale - 0.5, (point.y + 0.5) * scale - 0.5);
            Gradients gradients = new Gradients(from.levels().get(l), at);
            dx *= 2;
            dy *= 2;
            if (l > 0 && gradients.smallerEigenvalue() < MIN_EIGENVALUE / 4) {
                continue; // too smooth at this size
            }
            Level target = to.levels().get(l);
            for (int i = 0; i < ITERATIONS; i++) {
                double[] step = gradients.step(target, at.x + dx, at.y + dy);
                dx += step[0];
                dy += step[1];
                if (Math.hypot(step[0], step[1]) < CONVERGED) {
                    break;
                }
            }
        }
        Level finest = to.finest();
        Point found = new Point(point.x + dx, point.y + dy);
        boolean inside = found.x >= 0 && found.y >= 0 && found.x < finest.width() && found.y < finest.height();
        return inside && new Gradients(from.finest(), point).difference(finest, found) <= MAX_DIFFERENCE
                ? Optional.of(found)
                : Optional.empty();
    }

    /** The values and gradients of a window around a point. */
    private static final class Gradients {
        private static final int SIDE = 2 * RADIUS + 1;

        private final double[] values = new double[SIDE * SIDE];
        private final double[] gx = new double[SIDE * SIDE];
        private final double[] gy = new double[SIDE * SIDE];
        private double xx;
        private double xy;
        private double yy;

        Gradients(Level level, Point p) {
            for (int i = 0; i < values.length; i++) {
                double x = p.x + i % SIDE - RADIUS;
                double y = p.y + i / SIDE - RADIUS;
                values[i] = level.at(x, y);
                gx[i] = (level.at(x + 1, y) - level.at(x - 1, y)) / 2;
                gy[i] = (level.at(x, y + 1) - level.at(x, y - 1)) / 2;
                xx += gx[i] * gx[i] / values.length;
                xy += gx[i] * gy[i] / values.length;
                yy += gy[i] * gy[i] / values.length;
            }
        }

        double smallerEigenvalue() {
            return (xx + yy) / 2 - Math.hypot((xx - yy) / 2, xy);
        }

        /** Returns the Gauss-Newton step of the position of the window in another image. */
        double[] step(Level other, double x, double y) {
            double bx = 0;
            double by = 0;
            for (int i = 0; i < values.length; i++) {
                double difference = values[i] - other.at(x + i % SIDE - RADIUS, y + i / SIDE - RADIUS);
                bx += gx[i] * difference / values.length;
                by += gy[i] * difference / values.length;
            }
            double determinant = xx * yy - xy * xy;
            return determinant <= 0
                    ? new double[] {0, 0}
                    : new double[] {(yy * bx - xy * by) / determinant, (xx * by - xy * bx) / determinant};
        }

        double difference(Level other, Point p) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += Math.abs(values[i] - other.at(p.x + i % SIDE - RADIUS, p.y + i / SIDE - RADIUS));
            }
            return sum / values.length;
        }
    }
}
