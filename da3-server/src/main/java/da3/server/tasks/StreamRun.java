package da3.server.tasks;

import da3.geometry.check.Check;
import da3.io.ExportDirectory;
import da3.io.JpegWriter;
import da3.server.wire.StreamOptions;
import da3.streaming.LiveMap;
import da3.streaming.MapFormat;
import da3.streaming.PointOptions;
import da3.streaming.StreamingListener;
import da3.streaming.StreamingMap;
import da3.streaming.StreamingOptions;
import da3.streaming.WindowPredictor;
import da3.streaming.frame.FrameSource;
import da3.streaming.store.LoopInfo;
import da3.streaming.store.MapStore;
import da3.streaming.store.WindowInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Processes one task that streams, from input files to the exported map. Memory holds a window and a live map of bounded
 * size. The store of the map is in the folder of partial results, and deleted once it is exported. An interrupt ends the
 * run with an exception.
 */
final class StreamRun {

    private static final int MAX_LIVE_POINTS = 1_000_000;

    private final Task task;
    private final TaskInput input;
    private final TaskSettings limits;
    private final ModelHolder model;
    private final TaskProgress progress;
    private final StreamOptions options;

    /** @param task a task with options of streaming */
    StreamRun(Task task, TaskInput input, TaskSettings limits, ModelHolder model, TaskProgress progress) {
        this.task = task;
        this.input = input;
        this.limits = limits;
        this.model = model;
        this.progress = progress;
        options = task.options().stream().orElseThrow();
    }

    /**
     * Computes and exports the map.
     *
     * @param results output folder, created if missing
     * @param follow receives the live map before the first window
     */
    TaskRun.Outcome write(Path results, Consumer<LiveMap> follow) throws IOException {
        return model.use(loaded -> {
            List<String> notices = loaded.notices();
            StreamingOptions streaming = StreamingOptions.defaults()
                    .withWindow(options.window(), options.overlap())
                    .withLoops(options.loops());
            WindowPredictor predictor = loaded.windowPredictor(
                    model.status().name(), task.options().job().inference());
            try (StreamingMap map = StreamingMap.open(results, predictor, streaming)) {
                compute(map, follow);
                if (map.size() == 0) {
                    throw new IOException("the input has no frames");
                }
                export(map, results);
                Files.delete(results.resolve(MapStore.FILE));
                return new TaskRun.Outcome(
                        map.size(),
                        notices,
                        new SceneDescription(task.name(), map.metric(), List.of(), SceneFiles.none()));
            }
        });
    }

    private void compute(StreamingMap map, Consumer<LiveMap> follow) throws IOException {
        LiveMap live = new LiveMap(MAX_LIVE_POINTS);
        follow.accept(live);
        LiveUpdates updates = new LiveUpdates(() -> live.update(map), System::nanoTime);
        try {
            map.run(source(), new StreamingListener() {
                @Override
                public void windowStored(WindowInfo window, int frames) {
                    Check.inRange("number of frames", 0, limits.maxFrames(), frames);
                    update(updates::windowStored);
                    progress.frames(frames, task.views());
                }

                @Override
                public void loopTested(LoopInfo loop) {
                    if (loop.motion().isPresent()) {
                        update(updates::loopAccepted);
                    }
                    progress.loops(map.loops().size());
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        updates.finish();
    }

    private static void update(LiveUpdates.Update update) {
        TaskRun.requireNotInterrupted();
        try {
            update.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FrameSource source() {
        FrameSource source = input instanceof TaskInput.Images images
                ? new ImageFrames(images.files())
                : FrameSource.video(((TaskInput.Video) input).file(), ((TaskInput.Video) input).fps());
        return options.minMotion() == 0 ? source : source.keyframes(options.minMotion());
    }

    private void export(StreamingMap map, Path results) throws IOException {
        PointOptions points = PointOptions.defaults().withMaxPoints(options.maxPoints());
        Set<MapFormat> all = new LinkedHashSet<>(StreamOptions.ALWAYS);
        all.addAll(options.formats());
        List<MapFormat> formats = new ArrayList<>(all);
        for (int i = 0; i < formats.size(); i++) {
            TaskRun.requireNotInterrupted();
            progress.export(formats.get(i).id(), i, formats.size());
            formats.get(i).write(map, results, points);
        }
        ExportDirectory directory = ExportDirectory.open(results);
        directory.write(MapDescription.FILE, out -> out.write(MapDescription.bytes(map)));
        directory.write(
                MapDescription.COVER, out -> JpegWriter.write(map.view(0).image(), out));
    }
}
