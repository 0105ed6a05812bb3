import da3.core.DepthAnything3;
import da3.core.Request;
import da3.geometry.Image;
import da3.geometry.PointCloud;
import da3.geometry.Scene;
import da3.geometry.points.PointCloudOptions;
import da3.geometry.points.PointClouds;
import da3.io.Images;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the points of a scene as text with a line of x, y, z, red, green and blue for each, which many tools import. */
public final class CustomExport {

    /** @param arguments folder of photos, text file and, optionally, the model */
    public static void main(String[] arguments) throws IOException {
        String name = arguments.length > 2 ? arguments[2] : "depth-anything/DA3-BASE";
        List<Image> photos = Images.readAll(Path.of(arguments[0]));
        try (DepthAnything3 model = DepthAnything3.load(name)) {
            write(model.predict(Request.of(photos)).scene(), Path.of(arguments[1]));
        }
    }

    private static void write(Scene scene, Path file) throws IOException {
        PointCloud cloud = PointClouds.of(scene, PointCloudOptions.defaults().withMaxPoints(100_000, 42));
        float[] xyz = cloud.positions();
        byte[] rgb = cloud.colors();
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            for (int i = 0; i < xyz.length; i += 3) {
                out.println(xyz[i] + " " + xyz[i + 1] + " " + xyz[i + 2]
                        + " " + (rgb[i] & 0xff) + " " + (rgb[i + 1] & 0xff) + " " + (rgb[i + 2] & 0xff));
            }
            System.out.println(cloud.size() + " points");
        }
    }
}
