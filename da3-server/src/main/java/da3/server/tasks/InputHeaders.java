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
 * Image sizes from the headers of image files or a video, which are checked before any pixels are decoded.
 *
 * @param sizes sizes of the upright images, one per view; for a video one per expected frame, at least one
 */
record InputHeaders(List<InputProcessing.Size> sizes) {

    /**
     * Reads the headers of all files.
     *
     * @throws IllegalArgumentException if there are too many views, or an image or frame has too many pixels
     * @throws IOException if a file cannot be read or has an unsupported format
     */
    static InputHeaders read(TaskInput input, TaskSettings limits) throws IOException {
        return input instanceof TaskInput.Images images
                ? ofImages(images.files(), limits)
                : ofVideo((TaskInput.Video) input, limits);
    }

    /** Returns the names of files; if any two are equal, all names begin with the index of the file. */
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

    /** Returns the exception for a video with too many frames; its message suggests a frame rate. */
    static IllegalArgumentException tooManyFrames(TaskInput.Video video, VideoReader reader, int maxViews) {
        double maxFps = Math.floor(1000 * maxViews / reader.seconds()) / 1000;
        String suggestion =
                reader.seconds() > 0 ? String.format(Locale.ROOT, "an fps of up to %s", number(maxFps)) : "a lower fps";
        return new IllegalArgumentException(String.format(
                Locale.ROOT,
                "number of frames must be at most %d, got more at an fps of %s: use %s",
                maxViews,
                number(video.fps()),
                suggestion));
    }

    private static InputHeaders ofImages(List<Path> files, TaskSettings limits) throws IOException {
        if (files.size() > limits.maxViews()) {
            throw Check.invalid("number of images", "at most " + limits.maxViews(), files.size());
        }
        List<InputProcessing.Size> sizes = new ArrayList<>();
        for (Path file : files) {
            ImageSize size = Images.size(file);
            requirePixels(String.valueOf(file.getFileName()), size.width(), size.height(), limits);
            sizes.add(new InputProcessing.Size(size.width(), size.height()));
        }
        return new InputHeaders(sizes);
    }

    private static InputHeaders ofVideo(TaskInput.Video video, TaskSettings limits) throws IOException {
        try (VideoReader reader = VideoReader.open(video.file(), video.fps())) {
            String name = "a frame of " + video.file().getFileName();
            requirePixels(name, reader.width(), reader.height(), limits);
            double expected = reader.seconds() * reader.framesPerSecond() / reader.interval();
            if (Math.floor(expected) > limits.maxViews()) {
                throw tooManyFrames(video, reader, limits.maxViews());
            }
            int views = (int) Math.max(1, Math.min(limits.maxViews(), Math.ceil(expected)));
            return new InputHeaders(
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
