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
 * Reconstructions from the true depth of a scene: a mesh, a point cloud, Gaussian splats with a flight through them, and a
 * COLMAP model.
 *
 * @param mesh fused depth
 * @param meshPicture PNG of the mesh
 * @param splats one splat for each pixel that no other view shows in finer detail
 * @param splatPicture PNG of a frame from the middle of the flight
 * @param flight path of the MP4
 * @param seconds duration of the whole reconstruction
 * @param files paths of all written files
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

    private static final int MIN_TRIANGLES = 100;

    /** Voxel size relative to that of predictions; true depth allows smaller voxels. */
    private static final double VOXEL_SCALE = 0.65;

    /** @param folder folder of the scene; its {@code colmap/images} gets copies of the photos for the COLMAP model */
    static Reconstruction of(Scene truth, List<byte[]> photos, ExportDirectory folder) throws IOException {
        long start = System.nanoTime();
        List<Path> files = new ArrayList<>();
        View view = truth.view(truth.views().size() / 2);
        int width = view.depth().width();
        int height = view.depth().height();

        TsdfOptions usual = TsdfOptions.forScene(truth);
        TsdfVolume volume = TsdfVolume.fuse(truth, usual.withVoxelSize(VOXEL_SCALE * usual.voxelSize()));
        TriangleMesh mesh = MeshComponents.of(volume.extractMesh()).atLeast(MIN_TRIANGLES);
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

    /** Renders a flight and returns its middle frame, a view between two of the scene. */
    private static byte[] fly(GaussianCloud splats, Scene truth, int width, int height, Path file) throws IOException {
        List<Camera> cameras =
                truth.views().stream().map(view -> view.camera().orElseThrow()).toList();
        // a single camera has no other one to interpolate to
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
