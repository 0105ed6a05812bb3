package da3.streaming.graph;

import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generates trajectories and noisy measurements of them from a seed. */
final class SyntheticGraphs {

    private final Random random;
    private final double translationSigma;
    private final double rotationSigma;
    final PoseInformation information;

    SyntheticGraphs(long seed, double translationSigma, double rotationSigma) {
        random = new Random(seed);
        this.translationSigma = translationSigma;
        this.rotationSigma = rotationSigma;
        information = PoseInformation.ofSigmas(translationSigma, rotationSigma);
    }

    /** World-to-camera poses and pairs of poses that are measured; the first pairs connect consecutive poses. */
    record Layout(List<Pose> truth, List<int[]> pairs) {

        /** Returns the number of pairs that connect consecutive poses. */
        int consecutive() {
            return truth.size() - 1;
        }
    }

    /** A spiral on a sphere: each pose is connected to the next one and to the one a turn later. */
    static Layout sphere(int turns, int perTurn) {
        List<Pose> truth = new ArrayList<>();
        int n = turns * perTurn;
        double radius = perTurn / (2 * Math.PI);
        for (int i = 0; i < n; i++) {
            double latitude = Math.PI * ((i + 0.5) / n - 0.5);
            double longitude = 2 * Math.PI * i / perTurn;
            Vec3 out = new Vec3(
                    Math.cos(latitude) * Math.cos(longitude),
                    Math.cos(latitude) * Math.sin(longitude),
                    Math.sin(latitude));
            truth.add(facing(out.times(radius), out, new Vec3(0.3, -0.2, 1)));
        }
        return new Layout(truth, pairs(n, perTurn));
    }

    /** A spiral on a torus: each pose is connected to the next one and to the one a turn later. */
    static Layout torus(int turns, int perTurn) {
        List<Pose> truth = new ArrayList<>();
        int n = turns * perTurn;
        double tube = perTurn / (2 * Math.PI);
        for (int i = 0; i < n; i++) {
            double around = 2 * Math.PI * i / n;
            double along = 2 * Math.PI * i / perTurn;
            Vec3 axis = new Vec3(Math.cos(around), Math.sin(around), 0);
            Vec3 out = axis.times(Math.cos(along)).plus(new Vec3(0, 0, Math.sin(along)));
            truth.add(facing(axis.times(3 * tube).plus(out.times(tube)), out, new Vec3(-axis.y(), axis.x(), 0)));
        }
        List<int[]> pairs = pairs(n, perTurn);
        for (int i = 0; i < perTurn; i++) {
            pairs.add(new int[] {n - perTurn + i, i}); // the last turn meets the first
        }
        return new Layout(truth, pairs);
    }

    /** A cubic grid that is visited row by row; each pose is connected to its neighbors with a probability. */
    static Layout grid(int side, double probability, long seed) {
        Random random = new Random(seed);
        List<Pose> truth = new ArrayList<>();
        int[][][] number = new int[side][side][side];
        for (int z = 0; z < side; z++) {
            for (int row = 0; row < side; row++) {
                int y = z % 2 == 0 ? row : side - 1 - row;
                for (int column = 0; column < side; column++) {
                    int x = (z * side + row) % 2 == 0 ? column : side - 1 - column;
                    number[x][y][z] = truth.size();
                    Vec3 turn = new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
                    truth.add(new Pose(So3.exp(turn), new Vec3(x, y, z)).inverse());
                }
            }
        }
        List<int[]> pairs = pairs(truth.size(), truth.size());
        for (int x = 0; x < side; x++) {
            for (int y = 0; y < side; y++) {
                for (int z = 0; z < side; z++) {
                    int here = number[x][y][z];
                    int[] next = {
                        x + 1 < side ? number[x + 1][y][z] : here,
                        y + 1 < side ? number[x][y + 1][z] : here,
                        z + 1 < side ? number[x][y][z + 1] : here
                    };
                    for (int other : next) {
                        if (Math.abs(other - here) > 1 && random.nextDouble() < probability) {
                            pairs.add(new int[] {Math.min(here, other), Math.max(here, other)});
                        }
                    }
                }
            }
        }
        return new Layout(truth, pairs);
    }

    /** A closed route over gentle hills, walked several times; pairs connect consecutive poses only. */
    static Layout route(int laps, int perLap) {
        List<Pose> truth = new ArrayList<>();
        double radius = perLap / (2 * Math.PI);
        for (int i = 0; i < laps * perLap; i++) {
            double angle = 2 * Math.PI * i / perLap;
            Vec3 ahead = new Vec3(-Math.sin(angle), Math.cos(angle), 0.1 * Math.cos(5 * angle));
            Vec3 center = new Vec3(
                    radius * Math.cos(angle) * (1 + 0.2 * Math.cos(3 * angle)),
                    radius * Math.sin(angle),
                    0.02 * radius * Math.sin(5 * angle));
            truth.add(facing(center, ahead, new Vec3(0, 0, 1)));
        }
        return new Layout(truth, pairs(truth.size(), truth.size()));
    }

    private static List<int[]> pairs(int n, int perTurn) {
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i + 1 < n; i++) {
            pairs.add(new int[] {i, i + 1});
        }
        for (int i = 0; i + perTurn < n; i++) {
            pairs.add(new int[] {i, i + perTurn});
        }
        return pairs;
    }

    private static Pose facing(Vec3 center, Vec3 ahead, Vec3 up) {
        Vec3 z = ahead.times(1 / ahead.norm());
        Vec3 across = up.cross(z);
        Vec3 x = across.times(1 / across.norm());
        return new Pose(Mat3.ofColumns(x, z.cross(x), z), center).inverse();
    }

    /** Returns the true motion from one camera to another: coordinates of the second one to those of the first. */
    static Pose motion(List<Pose> truth, int from, int to) {
        return truth.get(from).compose(truth.get(to).inverse());
    }

    /** Returns a noisy edge in a unit of {@code scale} units of the world. */
    PoseEdge edge(List<Pose> truth, int from, int to, double scale) {
        Pose motion = motion(truth, from, to);
        return PoseEdge.of(
                from, to, noisy(motion.withTranslation(motion.translation().times(1 / scale))), information);
    }

    PoseEdge edge(List<Pose> truth, int from, int to) {
        return edge(truth, from, to, 1);
    }

    /** Returns an edge with a random motion of about the extent of the trajectory. */
    PoseEdge falseEdge(int from, int to, double extent) {
        Pose motion = new Pose(So3.exp(gaussian(1)), gaussian(extent));
        return PoseEdge.of(from, to, motion, information);
    }

    Pose noisy(Pose pose) {
        Vec3 t = gaussian(translationSigma);
        Vec3 r = gaussian(rotationSigma);
        return Rigid.plus(pose, new double[] {t.x(), t.y(), t.z(), r.x(), r.y(), r.z()}, 0, 6);
    }

    Vec3 gaussian(double sigma) {
        return new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).times(sigma);
    }

    Random random() {
        return random;
    }

    /** Returns a graph of the layout whose initial poses follow the edges between consecutive poses. */
    PoseGraph graph(Layout layout) {
        List<PoseEdge> edges = layout.pairs().stream()
                .map(p -> edge(layout.truth(), p[0], p[1]))
                .toList();
        PoseGraph.Builder builder = PoseGraph.builder();
        odometry(layout.truth().get(0), edges.subList(0, layout.consecutive())).forEach(builder::addPose);
        edges.forEach(builder::addEdge);
        return builder.build();
    }

    /** Returns the poses that follow from the first one and edges between consecutive poses. */
    static List<Pose> odometry(Pose first, List<PoseEdge> edges) {
        List<Pose> poses = new ArrayList<>(List.of(first));
        for (PoseEdge edge : edges) {
            poses.add(edge.motion().inverse().compose(poses.get(edge.from())));
        }
        return poses;
    }

    /** Returns the root mean square distance of camera centers, without alignment. */
    static double centerError(List<Pose> poses, List<Pose> truth) {
        double sum = 0;
        for (int i = 0; i < truth.size(); i++) {
            Vec3 difference = poses.get(i).cameraCenter().minus(truth.get(i).cameraCenter());
            sum += difference.dot(difference);
        }
        return Math.sqrt(sum / truth.size());
    }
}
