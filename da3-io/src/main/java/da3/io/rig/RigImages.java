package da3.io.rig;

import da3.geometry.check.Check;
import da3.geometry.image.PixelMask;
import da3.geometry.rig.Rig;
import da3.geometry.rig.RigCamera;
import da3.io.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The images of an instant.
 *
 * @param name name of the instant: the file name that its images share, without extension; empty for a folder with one
 *     instant
 * @param files one image for each camera, in the order of the rig
 */
public record RigImages(String name, List<Path> files) {

    public RigImages {
        files = List.copyOf(files);
    }

    /**
     * Finds the images of a rig: either one for each camera, named after it, or a folder for each camera with images whose
     * names without extension are equal for the cameras of an instant, as in COLMAP.
     *
     * @return the instants in the order of names, at least one
     * @throws IOException if the folder cannot be read, an instant lacks the image of a camera, or names differ only in
     *     their extensions; the message names the image
     */
    public static List<RigImages> list(Path folder, Rig rig) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        boolean folders = rig.cameras().stream().anyMatch(camera -> Files.isDirectory(folder.resolve(camera.name())));
        if (!folders) {
            return List.of(new RigImages("", instant("", List.of(byStem(folder)), rig, folder)));
        }
        List<Map<String, Path>> images = new ArrayList<>();
        SortedSet<String> names = new TreeSet<>();
        for (RigCamera camera : rig.cameras()) {
            Path own = folder.resolve(camera.name());
            if (!Files.isDirectory(own)) {
                throw new NoSuchFileException(own.toString(), null, "does not exist; each camera needs a folder");
            }
            images.add(byStem(own));
            names.addAll(images.get(images.size() - 1).keySet());
        }
        List<RigImages> instants = new ArrayList<>();
        for (String name : names) {
            instants.add(new RigImages(name, instant(name, images, rig, folder)));
        }
        return instants;
    }

    /**
     * Returns the files of an instant.
     *
     * @param name name of the instant; if it is empty, files are named after cameras
     * @param images the images of each camera by name, or those of all cameras
     */
    private static List<Path> instant(String name, List<Map<String, Path>> images, Rig rig, Path folder)
            throws NoSuchFileException {
        List<Path> files = new ArrayList<>();
        for (int c = 0; c < rig.size(); c++) {
            String camera = rig.cameras().get(c).name();
            Path file =
                    name.isEmpty() ? images.get(0).get(camera) : images.get(c).get(name);
            if (file == null) {
                throw new NoSuchFileException(
                        folder.toString(),
                        null,
                        "contains no image of camera " + camera + (name.isEmpty() ? "" : " at instant " + name));
            }
            files.add(file);
        }
        return files;
    }

    private static Map<String, Path> byStem(Path folder) throws IOException {
        Map<String, Path> images = new HashMap<>();
        for (Path file : Images.list(folder)) {
            String name = file.getFileName().toString();
            Path other = images.put(name.substring(0, name.lastIndexOf('.')), file);
            if (other != null) {
                throw new RigFormatException(
                        folder,
                        Check.message(
                                "names of images without extension", "unique", other.getFileName() + " and " + name));
            }
        }
        return images;
    }

    /**
     * Returns the instant with a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static RigImages named(List<RigImages> instants, String name) {
        return instants.stream()
                .filter(instant -> instant.name.equals(name))
                .findFirst()
                .orElseThrow(() -> Check.invalid(
                        "name of an instant", "one of " + instants.size() + " such as " + instants.get(0).name, name));
    }

    /**
     * Returns a rig with masks of the vehicle's own body: the mask of camera {@code NAME} is {@code NAME.png}, in which
     * black pixels show the vehicle. Cameras without a file have no mask.
     *
     * @throws IOException if the folder does not exist, contains no mask of a camera, or a mask cannot be read
     */
    public static Rig withBodyMasks(Rig rig, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        List<RigCamera> masked = new ArrayList<>();
        int count = 0;
        for (RigCamera camera : rig.cameras()) {
            Path file = folder.resolve(camera.name() + ".png");
            boolean exists = Files.exists(file);
            count += exists ? 1 : 0;
            masked.add(camera.withBodyMask(exists ? Optional.of(PixelMask.of(Images.read(file))) : Optional.empty()));
        }
        if (count == 0) {
            throw new NoSuchFileException(
                    folder.toString(),
                    null,
                    "contains no mask of a camera, such as "
                            + rig.cameras().get(0).name() + ".png");
        }
        return new Rig(masked);
    }
}
