package da3.train.label;

import da3.geometry.check.Check;
import da3.io.ExportDirectory;
import da3.io.ImageFormatException;
import da3.train.data.ArchiveScenes;
import da3.train.data.SceneArchive;
import da3.train.data.SceneSource;
import da3.train.data.TrainingScene;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The labeling of a data set. Every scene becomes an archive, {@code scene-000000.npz} and so on, which
 * {@link ArchiveScenes} reads; {@code labels.jsonl} contains the settings and lists the finished scenes, so that an
 * interrupted labeling can be continued.
 *
 * @param labels what labels a scene
 * @param source the scenes
 * @param settings everything else that determines the labels, values by name, such as the teacher
 */
public record Labeling(TeacherLabels labels, SceneSource source, Map<String, String> settings) {

    /** Changes when a later version labels differently. */
    private static final String FORMAT = "1";

    /**
     * Creates a labeling.
     *
     * @throws IllegalArgumentException if labels are aligned but the scenes have no depth, or some scenes have cameras and
     *     others none
     */
    public Labeling {
        if (labels.aligned() && !source.hasDepth()) {
            throw Check.invalid("aligned", "false for scenes without measured depth to align labels with", true);
        }
        requireSameCameras(source);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** The labels are archives of one folder, which all have cameras or none has. */
    private static void requireSameCameras(SceneSource source) {
        for (int i = 1; i < source.scenes(); i++) {
            boolean cameras = source.hasCameras(i);
            if (cameras != source.hasCameras(0)) {
                throw Check.invalid(
                        "cameras of the scenes of a labeling",
                        "known for all or for none",
                        source.name(cameras ? i : 0) + " with and " + source.name(cameras ? 0 : i)
                                + " without cameras; label them in two calls into two folders");
            }
        }
    }

    /**
     * Labels the scenes that have not been labeled yet. Scenes with an image that is damaged, of an unknown format
     * or too elongated are skipped; the next call tries them again. Scenes without a label are finished.
     *
     * @param max maximum number of scenes, the first ones; 0 for all
     * @param folder created if it does not exist
     * @param finished receives the number of finished scenes, including those of earlier calls
     * @param skipped receives a sentence about each scene that is skipped
     * @return all labels in the folder, including those of earlier calls with a larger maximum
     * @throws FileAlreadyExistsException if there are other archives in the folder
     * @throws IOException if the labels in the folder have other settings or are of scenes with other names, a scene
     *     cannot be read or written, or no view could be labeled
     */
    public LabeledScenes write(int max, Path folder, IntConsumer finished, Consumer<String> skipped)
            throws IOException {
        ExportDirectory directory = ExportDirectory.open(folder);
        int count = count(max);
        List<String> names =
                IntStream.range(0, source.scenes()).mapToObj(source::name).toList();
        LabeledScenes sum;
        try (LabelLog log = LabelLog.open(directory, allSettings(), names)) {
            int[] open = IntStream.range(0, count).filter(i -> !log.contains(i)).toArray();
            int done = count - open.length;
            int unusable = 0;
            for (int i : open) {
                Optional<LabelLog.Entry> entry = label(i, directory, skipped);
                if (entry.isPresent()) {
                    log.append(i, entry.get());
                } else {
                    unusable++;
                }
                finished.accept(++done);
            }
            sum = log.sum(unusable);
        }
        if (sum.scenes() == 0) {
            throw new IOException("no view could be labeled: " + requirement());
        }
        return sum;
    }

    /** Labels a scene; empty if an image could not be used. */
    private Optional<LabelLog.Entry> label(int index, ExportDirectory directory, Consumer<String> skipped)
            throws IOException {
        TrainingScene scene;
        try {
            scene = source.read(index);
        } catch (ImageFormatException e) {
            skipped.accept(e.getMessage());
            return Optional.empty();
        }
        try {
            labels.requireSize(scene);
        } catch (IllegalArgumentException e) {
            skipped.accept(source.name(index) + ": " + e.getMessage());
            return Optional.empty();
        }
        Optional<TrainingScene> labeled = labels.label(scene);
        if (labeled.isPresent()) {
            SceneArchive.write(labeled.get(), source.hasCameras(), directory, LabelLog.archive(index));
        }
        int views = labeled.map(TrainingScene::views).orElse(0);
        return Optional.of(new LabelLog.Entry(views, scene.views() - views));
    }

    private String requirement() {
        return labels.aligned()
                ? "the depth of at least one view must be measured at eight pixels and rise with that of the teacher"
                : "at least one image must be readable and show more than sky";
    }

    private Map<String, String> allSettings() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("format", FORMAT);
        all.put("relative", String.valueOf(!labels.aligned()));
        all.put("number of scenes", String.valueOf(source.scenes()));
        all.putAll(settings);
        return all;
    }

    /** Returns the number of scenes that {@link #write} labels. */
    public int count(int max) {
        return max == 0 ? source.scenes() : Math.min(max, source.scenes());
    }
}
