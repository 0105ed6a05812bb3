import da3.core.DepthAnything3
import da3.core.Request
import da3.geometry.Image

/** Predicts depth and cameras of two views of one scene; the images are generated. */
fun main() {
    val photos = listOf(photo(shift = 0), photo(shift = 5))
    DepthAnything3.load("seeded:da3-small").use { model ->
        val request = Request.of(photos).withOptions { it.resolution(56) }
        for (view in model.predict(request).scene.views) {
            println("${view.depth} seen from ${view.camera.orElseThrow().pose.cameraCenter()}")
        }
    }
}

/** Returns an image of stripes, shifted to the right. */
private fun photo(shift: Int): Image {
    val width = 112
    val height = 84
    return Image(width, height, ByteArray(height * width * 3) { (16 * (it / 3 % width - shift)).toByte() })
}
