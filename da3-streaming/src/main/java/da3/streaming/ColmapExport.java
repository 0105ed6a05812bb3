package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import da3.io.ExportDirectory;
import da3.io.JpegWriter;
import da3.io.colmap.ColmapCamera;
import da3.io.colmap.ColmapCameraModel;
import da3.io.colmap.ColmapFiles;
import da3.io.colmap.ColmapImage;
import da3.io.colmap.ColmapModel;
import da3.io.colmap.ColmapPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a COLMAP folder: the images at processing size, which are what the cameras refer to, and a binary model. Each
 * point is observed by the frame that it comes from.
 */
final class ColmapExport {

    /** Maximum number of points, which are in memory together. */
    private static final int MAX_POINTS = 200_000;

    private ColmapExport() {}

    static List<Path> write(StreamingMap map, Path folder, PointOptions options) throws IOException {
        ExportDirectory directory = ExportDirectory.open(folder);
        PointOptions limited = options.withMaxPoints(Math.min(MAX_POINTS, options.maxPoints()));
        List<ColmapCamera> cameras = new ArrayList<>();
        List<ColmapImage> images = new ArrayList<>();
        List<ColmapPoint> points = new ArrayList<>();
        for (int i = 0; i < map.size(); i++) {
            View view = map.view(i);
            String name = String.format(Locale.ROOT, "%06d.jpg", i);
            directory.write("images/" + name, out -> JpegWriter.write(view.image(), out));
            Camera camera = view.camera().orElseThrow();
            Intrinsics k = camera.intrinsics();
            int width = view.image().width();
            double[] parameters = {k.fx(), k.fy(), k.cx(), k.cy()};
            cameras.add(new ColmapCamera(
                    i + 1, ColmapCameraModel.PINHOLE, width, view.image().height(), parameters));
            FramePoints ofFrame = map.points(i, view, limited);
            double[] xy = new double[2 * ofFrame.pixels().length];
            long[] ids = new long[ofFrame.pixels().length];
            for (int p = 0; p < ids.length; p++) {
                int pixel = ofFrame.pixels()[p];
                xy[2 * p] = pixel % width + 0.5;
                xy[2 * p + 1] = pixel / width + 0.5;
                ids[p] = points.size() + 1;
                points.add(point(ofFrame, p, points.size() + 1, i + 1));
            }
            images.add(new ColmapImage(i + 1, camera.pose(), i + 1, name, xy, ids));
        }
        List<Path> files = new ArrayList<>();
        files.add(folder.resolve("images"));
        files.addAll(ColmapFiles.writeBinary(new ColmapModel(cameras, images, points), folder, "sparse/0"));
        return files;
    }

    private static ColmapPoint point(FramePoints points, int p, long id, int image) {
        float[] positions = points.cloud().positions();
        byte[] colors = points.cloud().colors();
        return new ColmapPoint(
                id,
                new Vec3(positions[3 * p], positions[3 * p + 1], positions[3 * p + 2]),
                new byte[] {colors[3 * p], colors[3 * p + 1], colors[3 * p + 2]},
                -1,
                new int[] {image},
                new int[] {p});
    }
}
