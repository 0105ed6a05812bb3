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

/** A place as a scene of the service's gallery, with its true depth and what was made of it. */
final class GalleryPlace {

    private GalleryPlace() {}

    /** Gives the paths of what was written; meant for after {@link Reconstruction}, whose files are named. */
    static List<Path> write(DemoScenes world, Scene truth, ExportDirectory folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Path points = Glb.write(truth, folder.root(), GlbOptions.defaults());
        files.add(points);
        files.add(DepthVis.writeCover(truth, folder.root()));
        SceneFiles beside = SceneFiles.none()
                .withGlb(points.getFileName().toString())
                .withMesh(Reconstruction.MESH)
                .withGaussians(Reconstruction.SPLATS)
                .withVideo(Reconstruction.FLIGHT);
        List<String> photos = IntStream.range(0, truth.views().size())
                .mapToObj(Pictures::photoName)
                .toList();
        files.addAll(SceneFolder.write(folder, world.title(), truth, photos, beside));
        return files;
    }
}
