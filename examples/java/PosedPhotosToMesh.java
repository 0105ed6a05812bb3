import da3.core.DepthAnything3;
import da3.core.Request;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.Scene;
import da3.geometry.TriangleMesh;
import da3.geometry.fusion.TsdfOptions;
import da3.geometry.fusion.TsdfVolume;
import da3.io.Glb;
import da3.io.Images;
import da3.io.colmap.ColmapFiles;
import da3.io.colmap.ColmapImage;
import da3.io.colmap.ColmapModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Predicts the depth of photos with pinhole cameras from COLMAP, and fuses it into a mesh in COLMAP's frame and unit. */
public final class PosedPhotosToMesh {

    /** @param arguments folder of photos, folder of the COLMAP model, mesh file and, optionally, the model */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        ColmapModel colmap = ColmapFiles.read(Path.of(arguments[1]));
        String name = arguments.length > 3 ? arguments[3] : "depth-anything/DA3-BASE";
        List<Image> photos = new ArrayList<>();
        List<Pose> poses = new ArrayList<>();
        List<Intrinsics> intrinsics = new ArrayList<>();
        for (ColmapImage photo : colmap.images()) {
            photos.add(Images.readStored(folder.resolve(photo.name())));
            poses.add(photo.pose()); // world-to-camera
            intrinsics.add(colmap.camera(photo.camera()).lens().intrinsics());
        }
        try (DepthAnything3 model = DepthAnything3.load(name)) {
            Scene scene = model.predict(Request.of(photos).withCameras(poses, intrinsics)).scene();
            TriangleMesh mesh = TsdfVolume.fuse(scene, TsdfOptions.forScene(scene)).extractMesh();
            Glb.writeMesh(mesh, Path.of(arguments[2]));
            System.out.println(mesh.triangleCount() + " triangles");
        }
    }
}
