package da3.export;

import da3.geometry.Image;
import da3.geometry.View;
import da3.geometry.concurrent.Interrupts;
import da3.io.ExportDirectory;
import da3.io.FeatureVis;
import da3.video.VideoOptions;
import da3.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Export of features: for each layer, one colored image per view and a video of these images. */
final class FeatureExport {

    private FeatureExport() {}

    /** @throws IllegalArgumentException if a video does not support frames of twice this width */
    static void requireSize(int width, int height) {
        VideoWriter.requireSize(2 * width, height);
    }

    static List<Path> write(Export export) throws IOException {
        List<Image> images = export.scene().views().stream().map(View::image).toList();
        VideoOptions options =
                VideoOptions.defaults().withFramesPerSecond(export.options().featureFramesPerSecond());
        List<Path> files = new ArrayList<>();
        for (Map.Entry<Integer, float[]> layer : new TreeMap<>(export.features()).entrySet()) {
            List<Image> pictures = FeatureVis.pictures(
                    images, layer.getValue(), export.request().options().seed());
            files.addAll(FeatureVis.write(pictures, layer.getKey(), export.directory()));
            files.add(video(pictures, export.directory().resolve(FeatureVis.folder(layer.getKey()) + ".mp4"), options));
        }
        return files;
    }

    private static Path video(List<Image> frames, Path file, VideoOptions options) throws IOException {
        ExportDirectory.open(file.getParent());
        Image first = frames.get(0);
        try (VideoWriter writer = VideoWriter.create(file, first.width(), first.height(), options)) {
            for (Image frame : frames) {
                Interrupts.requireNone("export");
                writer.write(frame);
            }
            return writer.commit();
        }
    }
}
