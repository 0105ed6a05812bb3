package da3.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.core.DepthAnything3;
import da3.core.ErrorMessage;
import da3.core.InferenceOptions;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.io.Images;
import da3.io.Trajectories;
import da3.streaming.PhotoLocation;
import da3.streaming.PhotoLocation.Placement;
import da3.streaming.PhotoLocator;
import da3.streaming.StreamingMap;
import da3.streaming.WindowPredictor;
import da3.streaming.prior.Measurements;
import da3.streaming.salad.Salad;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cameras of photos in a map of {@link StreamCommand}. */
@Command(
        name = "locate",
        mixinStandardHelpOptions = true,
        description = "Locates photos in a map made by da3 stream. Prints a line for each photo "
                + "that can be placed: number of the photo, camera center and quaternion (x y z w), camera-to-world. The "
                + "exit status is 1 if none can be placed.")
final class LocateCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "MAP", description = "Directory of the map: --export-dir of da3 stream.")
    private Path directory;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PHOTO", description = "Photos, or folders of photos.")
    private List<Path> photos;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--gps",
            paramLabel = "FILE",
            description = "Measured positions with which the map was made, which determine its world frame.")
    private Path gps;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--pose-priors",
            paramLabel = "FILE",
            description = "Measured poses with which the map was made, which determine its world frame.")
    private Path posePriors;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--odometry",
            paramLabel = "FILE",
            description = "Measured motions with which the map was made, which determine its scale.")
    private Path odometry;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--json",
            description = "Print a JSON object for each photo: pose (rows of the 3x4 camera-to-world matrix), "
                    + "intrinsics, frame, similarity, inliers, confidence; or why it cannot be placed.")
    private boolean json;

    @Mixin
    private SaladMixin salad;

    @Mixin
    private ResolutionMixin resolution;

    @Option(names = "--quiet", description = "Print only errors to standard error.")
    private boolean quiet;

    @Mixin
    private ModelMixin model = new ModelMixin(ModelMixin.DEFAULT);

    @Mixin
    private EngineMixin engine;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = quiet
                ? new PrintWriter(PrintWriter.nullWriter())
                : spec.commandLine().getErr();
        List<Path> files = files();
        Measurements measurements = MeasurementMixin.read(gps, posePriors, odometry);
        InferenceOptions inference =
                InferenceOptions.builder().resolution(resolution.resolution()).build();
        try (Salad network = salad.open(engine.options());
                DepthAnything3 depthAnything = model.load(engine.options(), err);
                StreamingMap map = StreamingMap.openStored(
                        directory,
                        SaladMixin.described(WindowPredictor.of(depthAnything, model.name(), inference), network),
                        measurements)) {
            PhotoLocator locator = map.locator();
            int placed = 0;
            for (int i = 0; i < files.size(); i++) {
                Path file = files.get(i);
                PhotoLocation location = located(file, locator);
                print(i, location, map, err);
                placed += location.placement().isPresent() ? 1 : 0;
            }
            return placed > 0 ? 0 : 1;
        }
    }

    /** A photo that is damaged does not end the command. */
    private static PhotoLocation located(Path file, PhotoLocator locator) throws IOException {
        Image photo;
        try {
            photo = Images.read(file);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            String reason = ErrorMessage.of(e).replaceFirst("^\\Q" + file + "\\E:? ", "");
            return new PhotoLocation(file.toString(), Optional.empty(), "cannot be read: " + reason);
        }
        return locator.locate(file.toString(), photo);
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path photo : photos) {
            if (!Files.exists(photo)) {
                throw new NoSuchFileException(photo.toString(), null, "does not exist");
            }
            files.addAll(Files.isDirectory(photo) ? Images.list(photo) : List.of(photo));
        }
        return files;
    }

    private void print(int number, PhotoLocation location, StreamingMap map, PrintWriter err) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(location, map));
        } else {
            location.placement()
                    .ifPresent(placement ->
                            out.print(Trajectories.tumLine(placement.camera().pose(), number)));
        }
        out.flush();
        err.println("da3: " + location.photo() + " " + location.explanation());
        err.flush();
    }

    private static ObjectNode json(PhotoLocation location, StreamingMap map) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("photo", location.photo());
        node.put("placed", location.placement().isPresent());
        node.put("explanation", location.explanation());
        if (location.placement().isPresent()) {
            Placement placement = location.placement().get();
            ArrayNode pose = node.putArray("pose");
            for (double value : placement.camera().pose().inverse().toMatrix3x4()) {
                pose.add(value);
            }
            Intrinsics k = placement.camera().intrinsics();
            node.putArray("intrinsics").add(k.fx()).add(k.fy()).add(k.cx()).add(k.cy());
            node.put("frame", placement.frame());
            node.put("frame_name", map.frames().get(placement.frame()).name());
            node.put("similarity", placement.similarity());
            node.put("inliers", placement.inliers());
            node.put("confidence", placement.confidence());
        }
        return node;
    }
}
