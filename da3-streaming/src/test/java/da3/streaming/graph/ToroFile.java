package da3.streaming.graph;

import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the edges of public pose graphs: lines {@code EDGE3 from to x y z roll pitch yaw} with the upper triangle of the
 * information matrix. Initial poses follow the edges between consecutive poses.
 */
final class ToroFile {

    private ToroFile() {}

    static PoseGraph read(Path file) throws IOException {
        List<PoseEdge> edges = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.trim().split("\\s+");
            if (words[0].equals("EDGE3")) {
                edges.add(edge(words));
            }
        }
        List<PoseEdge> consecutive =
                edges.stream().filter(edge -> edge.to() == edge.from() + 1).toList();
        PoseGraph.Builder builder = PoseGraph.builder();
        SyntheticGraphs.odometry(Pose.IDENTITY, consecutive).forEach(builder::addPose);
        edges.forEach(builder::addEdge);
        return builder.build();
    }

    private static PoseEdge edge(String[] words) {
        double[] v = new double[27];
        for (int i = 0; i < v.length; i++) {
            v[i] = Double.parseDouble(words[i + 3]);
        }
        double[] information = new double[36];
        int next = 6;
        for (int i = 0; i < 6; i++) {
            for (int j = i; j < 6; j++, next++) {
                information[6 * i + j] = v[next];
                information[6 * j + i] = v[next];
            }
        }
        Mat3 rotation = So3.exp(new Vec3(0, 0, v[5]))
                .times(So3.exp(new Vec3(0, v[4], 0)))
                .times(So3.exp(new Vec3(v[3], 0, 0)));
        return PoseEdge.of(
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                new Pose(rotation, new Vec3(v[0], v[1], v[2])),
                PoseInformation.ofMatrix(information));
    }
}
