package da3.server.tasks;

import da3.core.ErrorMessage;
import da3.core.InputProcessing;
import da3.geometry.check.Check;
import da3.io.ImageSize;
import da3.io.Images;
import da3.video.VideoReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * What the headers of photos or a video say; a hostile file is found out before its pixels take memory.
 *
 * @param sizes of the photos, upright; of a video's frames as many as its length lets expect, at least one
 */
record PhotoHeaders(List<InputProcessing.Size> sizes) {

    /**
     * @throws IllegalArgumentException if there are too many views, or a photo or a frame has too many pixels
     * @throws IOException if a file cannot be read or is none
     */
    static PhotoHeaders read(TaskInput input, TaskSettings limits) throws IOException {
        return input instanceof TaskInput.Photos photos
                ? ofPhotos(photos.files(), limits)
                : ofVideo((TaskInput.Video) input, limits);
    }

    /** What to call each photo: as its file, and where two are called the same, by its number before. */
    static List<String> names(List<Path> files) {
        List<String> names = files.stream()
                .map(file -> ErrorMessage.printable(String.valueOf(file.getFileName())))
                .toList();
        if (new HashSet<>(names).size() == names.size()) {
            return names;
        }
        List<String> numbered = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            numbered.add(String.format(Locale.ROOT, "%04d_%s", i, names.get(i)));
        }
        return numbered;
    }

    /** What to say of a video with too many frames; its length tells how few a second would do. */
    static IllegalArgumentException tooManyFrames(TaskInput.Video video, VideoReader reader, int maxViews) {
        double most = Math.floor(1000 * maxViews / reader.seconds()) / 1000;
        String fitting =
                reader.seconds() > 0 ? String.format(Locale.ROOT, "an fps of up to %s", number(most)) : "a lower fps";
        return new IllegalArgumentException(String.format(
                Locale.ROOT,
                "number of frames must be at most %d, got more at an fps of %s: use %s",
                maxViews,
                number(video.fps()),
                fitting));
    }

    private static PhotoHeaders ofPhotos(List<Path> files, TaskSettings limits) throws IOException {
        if (files.size() > limits.maxViews()) {
            throw Check.invalid("number of photos", "at most " + limits.maxViews(), files.size());
        }
        List<InputProcessing.Size> sizes = new ArrayList<>();
        for (Path file : files) {
            ImageSize size = Images.size(file);
            requirePixels(String.valueOf(file.getFileName()), size.width(), size.height(), limits);
            sizes.add(new InputProcessing.Size(size.width(), size.height()));
        }
        return new PhotoHeaders(sizes);
    }

    private static PhotoHeaders ofVideo(TaskInput.Video video, TaskSettings limits) throws IOException {
        try (VideoReader reader = VideoReader.open(video.file(), video.fps())) {
            String name = "a frame of " + video.file().getFileName();
            requirePixels(name, reader.width(), reader.height(), limits);
            double expected = reader.seconds() * reader.framesPerSecond() / reader.interval();
            if (Math.floor(expected) > limits.maxViews()) {
                throw tooManyFrames(video, reader, limits.maxViews());
            }
            int views = (int) Math.max(1, Math.min(limits.maxViews(), Math.ceil(expected)));
            return new PhotoHeaders(
                    Collections.nCopies(views, new InputProcessing.Size(reader.width(), reader.height())));
        }
    }

    private static void requirePixels(String name, int width, int height, TaskSettings limits) {
        if ((long) width * height > limits.maxPixels()) {
            throw Check.invalid(
                    "number of pixels of " + ErrorMessage.printable(name),
                    "at most " + limits.maxPixels(),
                    width + "x" + height);
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
