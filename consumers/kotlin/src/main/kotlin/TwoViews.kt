import da3.core.DepthAnything3
import da3.core.Request
import da3.geometry.Image

/** Predicts depth and cameras of two views of one scene; the images are generated. */
fun main() {
    val images = listOf(stripes(shift = 0), stripes(shift = 5))
    DepthAnything3.load("seeded:da3-small").use { model ->
        val request = Request.of(images).withOptions { it.resolution(56) }
        for (view in model.predict(request).scene.views) {
            println("${view.depth} seen from ${view.camera.orElseThrow().pose.cameraCenter()}")
        }
    }
}

/** Returns an image of vertical stripes, shifted to the right by [shift] pixels. */
private fun stripes(shift: Int): Image {
    val width = 112
    val height = 84
    return Image(width, height, ByteArray(height * width * 3) { (16 * (it / 3 % width - shift)).toByte() })
}
