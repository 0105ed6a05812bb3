package da3.io.colmap;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Cameras, images and points in the order of their files. */
public record ColmapModel(List<ColmapCamera> cameras, List<ColmapImage> images, List<ColmapPoint> points) {

    public ColmapModel {
        cameras = List.copyOf(cameras);
        images = List.copyOf(images);
        points = List.copyOf(points);
        Map<Integer, ColmapCamera> byId = byId(cameras);
        for (ColmapImage image : images) {
            if (!byId.containsKey(image.camera())) {
                throw new IllegalArgumentException("image " + image.id() + " (" + image.name() + ") has camera "
                        + image.camera() + "; legal: " + byId.keySet());
            }
        }
    }

    /** @throws IllegalArgumentException if there is no such camera */
    public ColmapCamera camera(int id) {
        return cameras.stream()
                .filter(camera -> camera.id() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no camera " + id));
    }

    private static Map<Integer, ColmapCamera> byId(List<ColmapCamera> cameras) {
        return cameras.stream().collect(Collectors.toMap(ColmapCamera::id, Function.identity(), (a, b) -> {
            throw new IllegalArgumentException("two cameras have the id " + a.id() + "; legal: one each");
        }));
    }
}
