package da3.io.colmap;

import da3.geometry.check.Check;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A COLMAP model: cameras, images and points in the order of their files. The constructor throws
 * {@link IllegalArgumentException} if two cameras have the same id or an image refers to an unknown camera.
 */
public record ColmapModel(List<ColmapCamera> cameras, List<ColmapImage> images, List<ColmapPoint> points) {

    public ColmapModel {
        cameras = List.copyOf(cameras);
        images = List.copyOf(images);
        points = List.copyOf(points);
        Map<Integer, ColmapCamera> byId = byId(cameras);
        for (ColmapImage image : images) {
            if (!byId.containsKey(image.camera())) {
                throw Check.invalid(
                        "camera of image " + image.id() + " (" + image.name() + ")",
                        "one of " + byId.keySet(),
                        image.camera());
            }
        }
    }

    /**
     * Returns the camera with an id.
     *
     * @throws IllegalArgumentException if there is no such camera
     */
    public ColmapCamera camera(int id) {
        return cameras.stream()
                .filter(camera -> camera.id() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the model has no camera " + id));
    }

    private static Map<Integer, ColmapCamera> byId(List<ColmapCamera> cameras) {
        return cameras.stream().collect(Collectors.toMap(ColmapCamera::id, Function.identity(), (a, b) -> {
            throw new IllegalArgumentException("ids of cameras must be unique, got " + a.id() + " twice");
        }));
    }
}
