package da3.train.data;

import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Text files with one view per line: an image, its depth map, and optionally a mask, separated by tabs or, in lines
 * without a tab, by spaces. Paths are relative to the folder of the list. Empty lines and lines that begin with # are
 * skipped. Every line is a scene of one view without a camera.
 */
public final class ImageDepthLists {

    private ImageDepthLists() {}

    /**
     * Reads lists.
     *
     * @throws IOException if a list cannot be read or has no views, a file is missing, or an image is in HEIC format; the
     *     message names the list and the line
     */
    public static FileScenes open(List<Path> lists, ViewOptions options) throws IOException {
        List<List<SourceView>> scenes = new ArrayList<>();
        for (Path list : lists) {
            int before = scenes.size();
            List<String> lines = lines(list);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    scenes.add(List.of(view(list, i + 1, line)));
                }
            }
            if (scenes.size() == before) {
                throw new IOException(list + " must have at least one line with an image and its depth, got none");
            }
        }
        return new FileScenes(scenes, options, false);
    }

    private static List<String> lines(Path list) throws IOException {
        if (!Files.isRegularFile(list)) {
            throw new NoSuchFileException(list.toString(), null, "must be a list of images and depth maps");
        }
        try {
            return Files.readAllLines(list);
        } catch (CharacterCodingException e) {
            throw new IOException(list + " must be text in UTF-8", e);
        }
    }

    private static SourceView view(Path list, int number, String line) throws IOException {
        String where = "line " + number + " of " + list;
        String[] names = line.split(line.indexOf('\t') >= 0 ? "\t+" : " +");
        if (names.length < 2 || names.length > 3) {
            throw new IOException(Check.message(where, "an image, a depth map, and optionally a mask", line));
        }
        Path image = file(list, names[0], where);
        Counterparts.requireReadable(image);
        return new SourceView(
                image,
                Optional.of(file(list, names[1], where)),
                names.length == 3 ? Optional.of(file(list, names[2], where)) : Optional.empty(),
                Optional.empty(),
                true);
    }

    private static Path file(Path list, String name, String where) throws IOException {
        Path file;
        try {
            file = list.resolveSibling(name);
        } catch (InvalidPathException e) {
            throw new IOException(where + " must have names of files, got " + e.getReason(), e);
        }
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "is missing: it is named in " + where);
        }
        return file;
    }
}
