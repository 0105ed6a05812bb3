package da3.demo;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Image;
import da3.geometry.Scene;
import da3.geometry.TriangleMesh;
import da3.geometry.View;
import da3.geometry.fusion.MeshComponents;
import da3.geometry.fusion.MeshRenderer;
import da3.geometry.fusion.TsdfOptions;
import da3.geometry.fusion.TsdfVolume;
import da3.geometry.image.PixelTransform;
import da3.geometry.path.Trajectory;
import da3.geometry.points.PointCloudOptions;
import da3.geometry.points.PointClouds;
import da3.geometry.splat.PathRenderer;
import da3.geometry.splat.PixelSplats;
import da3.geometry.splat.SplatImage;
import da3.geometry.splat.SplatOptions;
import da3.io.ExportDirectory;
import da3.io.GaussianPly;
import da3.io.GaussianPlyOptions;
import da3.io.Glb;
import da3.io.MiniNpz;
import da3.io.Ply;
import da3.io.PlyFormat;
import da3.io.colmap.ColmapFiles;
import da3.io.colmap.ColmapOptions;
import da3.io.colmap.ColmapPhoto;
import da3.io.colmap.ColmapScene;
import da3.video.VideoOptions;
import da3.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What becomes of a place's true depth: a surface, points, splats with a flight through them, a COLMAP model.
 *
 * @param mesh of the fused depth
 * @param meshPicture PNG
 * @param splats one for each pixel that no other view has finer
 * @param splatPicture PNG, a frame from the middle of the flight
 * @param flight MP4
 * @param seconds that all took
 * @param files that were written, in the order of this list
 */
record Reconstruction(
        TriangleMesh mesh,
        byte[] meshPicture,
        GaussianCloud splats,
        byte[] splatPicture,
        Path flight,
        double seconds,
        List<Path> files) {

    static final String MESH = "mesh.glb";
    static final String SPLATS = "splats.ply";
    static final String FLIGHT = "flight.mp4";

    private static final int LEAST_TRIANGLES = 100;

    /** True depth bears smaller voxels than what is usual for a prediction. */
    private static final double FINENESS = 0.65;

    /** @param folder of the place; photos are in its {@code colmap/images} too, for the model to refer to */
    static Reconstruction of(Scene truth, List<byte[]> photos, ExportDirectory folder) throws IOException {
        long start = System.nanoTime();
        List<Path> files = new ArrayList<>();
        View view = truth.view(truth.views().size() / 2);
        int width = view.depth().width();
        int height = view.depth().height();

        TsdfOptions usual = TsdfOptions.forScene(truth);
        TsdfVolume volume = TsdfVolume.fuse(truth, usual.withVoxelSize(FINENESS * usual.voxelSize()));
        TriangleMesh mesh = MeshComponents.of(volume.extractMesh()).atLeast(LEAST_TRIANGLES);
        byte[] meshPicture = Pictures.png(MeshRenderer.of(mesh, view.camera().orElseThrow(), width, height));
        Path surface = folder.root().resolve(MESH);
        Glb.writeMesh(mesh, surface);
        files.add(surface);
        files.add(folder.write("mesh.png", out -> out.write(meshPicture)));
        Path points = folder.root().resolve("points.ply");
        Ply.write(PointClouds.of(truth, PointCloudOptions.defaults()), points, PlyFormat.BINARY_LITTLE_ENDIAN);
        files.add(points);

        GaussianCloud splats = PixelSplats.merged(truth);
        files.add(folder.write(SPLATS, out -> GaussianPly.write(splats, out, GaussianPlyOptions.complete())));
        Path flight = folder.root().resolve(FLIGHT);
        byte[] splatPicture = fly(splats, truth, width, height, flight);
        files.add(flight);
        files.add(folder.write("splats.png", out -> out.write(splatPicture)));

        files.add(MiniNpz.write(truth, folder.root()));
        files.addAll(colmap(truth, photos, folder));
        return new Reconstruction(
                mesh, meshPicture, splats, splatPicture, flight, (System.nanoTime() - start) / 1e9, files);
    }

    /** Gives the middle frame, a view in between. */
    private static byte[] fly(GaussianCloud splats, Scene truth, int width, int height, Path file) throws IOException {
        List<Camera> cameras =
                truth.views().stream().map(view -> view.camera().orElseThrow()).toList();
        // between one camera and itself there is no path
        Trajectory trajectory = cameras.size() == 1 ? Trajectory.WANDER : Trajectory.INTERPOLATE;
        List<Camera> path = trajectory.through(cameras);
        PathRenderer frames = new PathRenderer(splats, path, width, height, SplatOptions.defaults());
        Image middle = null;
        int number = 0;
        try (VideoWriter writer = VideoWriter.create(file, width, height, VideoOptions.defaults())) {
            for (SplatImage frame : frames) {
                Image image = frame.toImage();
                writer.write(image);
                middle = number++ <= path.size() / 3 ? image : middle;
            }
            writer.commit();
        }
        return Pictures.png(middle);
    }

    private static List<Path> colmap(Scene truth, List<byte[]> photos, ExportDirectory folder) throws IOException {
        List<ColmapPhoto> named = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (int v = 0; v < photos.size(); v++) {
            String name = String.format(Locale.ROOT, "%04d.png", v);
            byte[] photo = photos.get(v);
            Image image = truth.view(v).image();
            named.add(new ColmapPhoto(name, image.width(), image.height(), PixelTransform.IDENTITY));
            files.add(folder.write("colmap/images/" + name, out -> out.write(photo)));
        }
        files.addAll(ColmapFiles.writeBinary(
                ColmapScene.of(truth, named, ColmapOptions.defaults()), folder.root(), "colmap/sparse/0"));
        return files;
    }
}
