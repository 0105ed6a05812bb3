package da3.demo;

import da3.io.DepthColorizer;
import da3.io.ExportDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the pictures of the demo, and a self-contained page with all of them. */
public final class DemoPage {

    public static final String INDEX = "index.html";

    private final ExportDirectory directory;
    private final DemoFigures figures;

    public DemoPage(ExportDirectory directory, DemoFigures figures) {
        this.directory = directory;
        this.figures = figures;
    }

    /** Writes all files and returns their paths, with the page last. */
    public List<Path> write(List<DemoResult> results) throws IOException {
        List<Path> files = new ArrayList<>();
        StringBuilder scenes = new StringBuilder();
        double reconstructionSeconds = 0;
        for (DemoResult result : results) {
            Comparison comparison = Comparison.of(result.truth(), result.prediction());
            Pictures pictures = Pictures.of(result.truth(), comparison);
            files.addAll(writePictures(result.scene(), pictures));
            ExportDirectory folder =
                    ExportDirectory.open(directory.root().resolve(result.scene().folder()));
            Reconstruction made = Reconstruction.of(result.truth(), pictures.photos(), folder);
            files.addAll(made.files());
            files.addAll(GalleryScene.write(result.scene(), result.truth(), folder));
            scenes.append(section(result, pictures, comparison, made));
            reconstructionSeconds += made.seconds();
        }
        String page = page(results, scenes.toString(), reconstructionSeconds);
        files.add(directory.write(INDEX, out -> out.write(page.getBytes(StandardCharsets.UTF_8))));
        return files;
    }

    private List<Path> writePictures(DemoScenes scene, Pictures pictures) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < pictures.photos().size(); i++) {
            String start = String.format(Locale.ROOT, "%s/%04d-", scene.folder(), i);
            byte[] photo = pictures.photos().get(i);
            byte[] truth = pictures.trueDepths().get(i);
            byte[] predicted = pictures.predictedDepths().get(i);
            files.add(directory.write(scene.folder() + "/" + Pictures.photoName(i), out -> out.write(photo)));
            files.add(directory.write(start + "depth-true.png", out -> out.write(truth)));
            files.add(directory.write(start + "depth-predicted.png", out -> out.write(predicted)));
        }
        return files;
    }

    private String page(List<DemoResult> results, String scenes, double reconstructionSeconds) throws IOException {
        return Template.resource("page.html")
                .filled(Map.of(
                        "style", Template.resource("style.css").text(),
                        "licenses", Template.resource("script/THIRD-PARTY.txt").text(),
                        "script", Template.resource("script/viewer.js").text(),
                        "model",
                                Template.resource(figures.modelTemplate())
                                        .filled(Map.of("model", Template.escaped(figures.model()))),
                        "scenes", scenes,
                        "figures", figuresTable(results, reconstructionSeconds),
                        "next",
                                Template.resource(figures.forTrial() ? "next-trial.html" : "next-published.html")
                                        .filled(Map.of("model", Template.escaped(figures.model())))));
    }

    private String section(DemoResult result, Pictures pictures, Comparison comparison, Reconstruction made)
            throws IOException {
        Template row = Template.resource("view.html");
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < pictures.photos().size(); i++) {
            rows.append(row.filled(Map.of(
                    "index", Integer.toString(i),
                    "number", Integer.toString(i + 1),
                    "title", result.scene().title(),
                    "width", Integer.toString(figures.width()),
                    "height", Integer.toString(figures.height()),
                    "photo", data(pictures.photos().get(i)),
                    "truth", data(pictures.trueDepths().get(i)),
                    "predicted", data(pictures.predictedDepths().get(i)),
                    "label", figures.untrained() ? "Predicted, untrained" : "Predicted")));
        }
        DepthColorizer.Range range = pictures.range();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("id", result.scene().id());
        values.put("title", result.scene().title());
        values.put("sentence", result.scene().sentence());
        values.put(
                "predicted",
                Template.resource(comparison.predictsCameras() ? "cameras.html" : "no-cameras.html")
                        .text());
        values.put("near", meters(1 / range.near()));
        values.put("far", meters(1 / range.far()));
        values.put("note", untrainedNote());
        values.put("errors", ErrorTable.html(comparison, figures.model()));
        values.put("rows", rows.toString());
        values.put("made", made(result.scene(), made));
        values.put("data", SceneData.json(result.truth(), comparison));
        return Template.resource("scene.html").filled(values);
    }

    private String made(DemoScenes scene, Reconstruction made) throws IOException {
        String flight = SceneData.base64(Files.readAllBytes(made.flight()));
        return Template.resource("reconstruction.html")
                .filled(Map.of(
                        "folder", scene.folder(),
                        "title", scene.title(),
                        "width", Integer.toString(figures.width()),
                        "height", Integer.toString(figures.height()),
                        "mesh", data(made.meshPicture()),
                        "triangles", grouped(made.mesh().triangleCount()),
                        "splat", data(made.splatPicture()),
                        "splats", grouped(made.splats().size()),
                        "flight", "data:video/mp4;base64," + flight));
    }

    private String untrainedNote() throws IOException {
        return figures.untrained() ? Template.resource("untrained.html").text() : "";
    }

    private String figuresTable(List<DemoResult> results, double reconstructionSeconds) {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put(
                "Images",
                results.size() + " x " + views(figures.views()) + " of " + figures.width() + " x " + figures.height()
                        + " pixels, seed " + figures.seed());
        rows.put("Rendering", seconds(figures.renderSeconds()) + " for images, depth and cameras");
        rows.put(
                "Reconstruction",
                seconds(reconstructionSeconds) + " for meshes, points, splats, flights and COLMAP models");
        rows.put("Model", figures.model() + (figures.untrained() ? " (untrained)" : ""));
        rows.put("Engine", figures.engine());
        for (DemoResult result : results) {
            rows.put(
                    "Prediction, " + result.scene().id(),
                    seconds(result.seconds()) + " for "
                            + views(result.truth().views().size()) + " together");
        }
        if (figures.peakBytes() >= 0) {
            rows.put("Peak memory", String.format(Locale.ROOT, "%.2f GB", figures.peakBytes() / 1e9));
        }
        StringBuilder table = new StringBuilder();
        rows.forEach((name, value) -> table.append("<tr><th scope=\"row\">")
                .append(Template.escaped(name))
                .append("</th><td>")
                .append(Template.escaped(value))
                .append("</td></tr>\n"));
        return table.toString();
    }

    private static String data(byte[] png) {
        return "data:image/png;base64," + SceneData.base64(png);
    }

    private static String views(int count) {
        return count == 1 ? "1 view" : count + " views";
    }

    private static String grouped(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    private static String meters(double meters) {
        return String.format(Locale.ROOT, meters < 10 ? "%.1f m" : "%.0f m", meters);
    }
}
