import da3.core.{DepthAnything3, InferenceOptions, Request}
import da3.geometry.Image
import scala.jdk.CollectionConverters.*
import scala.util.Using

/** Predicts depth and cameras of two views of one scene; the images are generated. */
@main def twoPhotos(): Unit =
  val photos = Seq(photo(shift = 0), photo(shift = 5)).asJava
  Using.resource(DepthAnything3.load("seeded:da3-small")) { model =>
    val request = Request.of(photos, InferenceOptions.builder.resolution(56).build)
    for view <- model.predict(request).scene.views.asScala do
      println(s"${view.depth} seen from ${view.camera.orElseThrow.pose.cameraCenter}")
  }

/** Returns an image of stripes, shifted to the right. */
private def photo(shift: Int): Image =
  val width = 112
  val height = 84
  Image(width, height, Array.tabulate(height * width * 3)(i => (16 * (i / 3 % width - shift)).toByte))
