import da3.core.DepthAnything3
import da3.core.Request
import da3.io.DepthVis
import da3.io.Images
import kotlin.io.path.Path

/** Predicts depth and cameras of a folder of photos, and writes every photo next to its depth in colors. */
fun main(arguments: Array<String>) {
    val (folder, output) = arguments
    val photos = Images.readAll(Path(folder))
    DepthAnything3.load(arguments.getOrElse(2) { "depth-anything/DA3-BASE" }).use { model ->
        val scene = model.predict(Request.of(photos)) { stage, done, total -> print("\r$stage $done/$total ") }.scene
        println()
        for ((number, view) in scene.views.withIndex()) {
            println("view $number: ${view.depth}, camera at ${view.camera.orElseThrow().pose.cameraCenter()}")
        }
        DepthVis.write(scene, Path(output)).forEach(::println)
    }
}
