package da3.server.http;

import da3.server.tasks.SceneDescription;
import da3.server.tasks.SceneFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Folders of groups with folders of scenes. A scene has a {@code scene.glb} and a {@code scene.jpg}, and may have pictures
 * in {@code depth_vis}, and a {@code scene.json} with what it names; what leads out of the gallery by a symbolic link is
 * not there.
 *
 * <p>Source: reference file services/gallery.py.
 */
final class Gallery {

    static final String GLB = "scene.glb";
    static final String COVER = "scene.jpg";
    static final String DEPTH = "depth_vis";

    /** What a description may name: files of the kinds that a viewer opens, in the scene's own folder. */
    private static final Pattern NAMED = Pattern.compile("(?:[A-Za-z0-9_][A-Za-z0-9_.\\-]{0,99}/){0,3}"
            + "[A-Za-z0-9_][A-Za-z0-9_.\\-]{0,99}\\.(?:jpg|png|depth|confidence|glb|ply|mp4)");

    private final Path root;

    Gallery(Path root) throws IOException {
        this.root = root.toRealPath();
    }

    /** @param depth names of pictures */
    record GalleryScene(String id, Instant createdAt, List<String> depth) {}

    List<String> groups() throws IOException {
        return folders(root).stream().map(Gallery::name).toList();
    }

    /** Empty where there is no such group. */
    Optional<List<GalleryScene>> scenes(String group) throws IOException {
        Path folder = root.resolve(SafePath.require(group));
        if (!isInside(folder)) {
            return Optional.empty();
        }
        List<GalleryScene> scenes = new ArrayList<>();
        for (Path scene : folders(folder)) {
            if (Files.isRegularFile(scene.resolve(GLB)) && Files.isRegularFile(scene.resolve(COVER))) {
                scenes.add(new GalleryScene(
                        name(scene),
                        Files.getLastModifiedTime(scene.resolve(GLB)).toInstant(),
                        depth(scene.resolve(DEPTH))));
            }
        }
        return Optional.of(scenes);
    }

    /** Of a scene, those files that a gallery shows. */
    Path file(String group, String scene, String file) {
        requireNames(group, scene);
        if (file.equals(GLB) || file.equals(COVER) || file.matches(DEPTH + "/[^/]+\\.(jpg|png)")) {
            return SafePath.below(root, group + "/" + scene + "/" + file);
        }
        SafePath.require(file);
        if (description(group, scene).stream().noneMatch(it -> it.paths().anyMatch(file::equals))) {
            throw SafePath.absent();
        }
        return described(group, scene, file);
    }

    /** Empty where there is none, and where it names what it may not: others wrote it. */
    Optional<SceneDescription> description(String group, String scene) {
        requireNames(group, scene);
        try {
            SceneDescription read = SceneFolder.read(described(group, scene, SceneFolder.DESCRIPTION));
            return Optional.of(read).filter(it -> it.paths().allMatch(NAMED.asMatchPredicate()));
        } catch (IOException | HttpError e) {
            return Optional.empty();
        }
    }

    /** Not only inside the gallery, but of this scene. */
    private Path described(String group, String scene, String file) {
        SafePath.below(root, group + "/" + scene + "/" + file);
        return SafePath.below(root.resolve(group).resolve(scene), file);
    }

    private static void requireNames(String group, String scene) {
        if (group.contains("/") || scene.contains("/")) {
            throw SafePath.absent();
        }
    }

    private List<String> depth(Path folder) throws IOException {
        if (!isInside(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Gallery::name)
                    .filter(name -> name.endsWith(".jpg") || name.endsWith(".png"))
                    .sorted()
                    .toList();
        }
    }

    private List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(entry -> !name(entry).startsWith(".") && isInside(entry))
                    .sorted(Comparator.comparing(Gallery::name))
                    .toList();
        }
    }

    private boolean isInside(Path folder) {
        try {
            return Files.isDirectory(folder) && folder.toRealPath().startsWith(root);
        } catch (IOException e) {
            return false;
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
