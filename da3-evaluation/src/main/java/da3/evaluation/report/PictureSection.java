package da3.evaluation.report;

import da3.evaluation.run.EvaluationResult;
import da3.evaluation.run.ScenePicture;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pictures of the first views of some scenes, one row for each predictor. */
final class PictureSection {

    private final EvaluationResult result;

    PictureSection(EvaluationResult result) {
        this.result = result;
    }

    String html() throws IOException {
        Map<String, StringBuilder> scenes = new LinkedHashMap<>();
        List<String> names = List.copyOf(result.predictors().keySet());
        for (ScenePicture picture : result.pictures()) {
            String name = Html.escaped(names.get(picture.predictor()));
            String data = Base64.getEncoder().encodeToString(Files.readAllBytes(picture.file()));
            scenes.computeIfAbsent(picture.scene(), unused -> new StringBuilder())
                    .append("<p class=\"strip\"><img alt=\"Image, true depth, depth of " + name
                            + " and its error\" src=\"data:image/png;base64," + data + "\"><span>" + name
                            + "</span></p>\n");
        }
        StringBuilder html = new StringBuilder();
        scenes.forEach((scene, strips) -> html.append("<h3>" + Html.escaped(scene) + "</h3>\n" + strips));
        return html.isEmpty()
                ? ""
                : "<h2>Pictures</h2>\n<p>Image, true depth, predicted depth in the same colors, and its error. Depth: "
                        + "red is near. Error: red is none, blue is half of the depth or more. Black is unknown.</p>\n"
                        + html;
    }
}
