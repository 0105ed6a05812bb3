package da3.server.tasks;

import java.util.Optional;

/**
 * Files of a scene in addition to those of its views. All paths are relative to its folder, with {@code /} between names.
 *
 * @param glb point cloud with cameras
 * @param mesh fused mesh
 * @param gaussians PLY file of the Gaussians
 * @param video rendered video of the Gaussians
 */
public record SceneFiles(
        Optional<String> glb, Optional<String> mesh, Optional<String> gaussians, Optional<String> video) {

    /** Returns no files. */
    public static SceneFiles none() {
        return new SceneFiles(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public SceneFiles withGlb(String path) {
        return new SceneFiles(Optional.of(path), mesh, gaussians, video);
    }

    public SceneFiles withMesh(String path) {
        return new SceneFiles(glb, Optional.of(path), gaussians, video);
    }

    public SceneFiles withGaussians(String path) {
        return new SceneFiles(glb, mesh, Optional.of(path), video);
    }

    public SceneFiles withVideo(String path) {
        return new SceneFiles(glb, mesh, gaussians, Optional.of(path));
    }
}
