package da3.demo;

import da3.geometry.Scene;
import da3.io.DepthVis;
import da3.io.ExportDirectory;
import da3.io.Glb;
import da3.io.GlbOptions;
import da3.server.tasks.SceneFiles;
import da3.server.tasks.SceneFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Writes a scene with its true depth and reconstructions in the form of the service's gallery. */
final class GalleryScene {

    private GalleryScene() {}

    /** Writes the scene, which refers to the files of {@link Reconstruction}, and returns the paths of the files. */
    static List<Path> write(DemoScenes scene, Scene truth, ExportDirectory folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Path points = Glb.write(truth, folder.root(), GlbOptions.defaults());
        files.add(points);
        files.add(DepthVis.writeCover(truth, folder.root()));
        SceneFiles reconstructions = SceneFiles.none()
                .withGlb(points.getFileName().toString())
                .withMesh(Reconstruction.MESH)
                .withGaussians(Reconstruction.SPLATS)
                .withVideo(Reconstruction.FLIGHT);
        List<String> photos = IntStream.range(0, truth.views().size())
                .mapToObj(Pictures::photoName)
                .toList();
        files.addAll(SceneFolder.write(folder, scene.title(), truth, photos, reconstructions));
        return files;
    }
}
