import da3.core.{DepthAnything3, InferenceOptions, Request}
import da3.geometry.Image
import scala.jdk.CollectionConverters.*
import scala.util.Using

/** Predicts depth and cameras of two views of one scene; the images are generated. */
@main def twoViews(): Unit =
  val images = Seq(stripes(shift = 0), stripes(shift = 5)).asJava
  Using.resource(DepthAnything3.load("seeded:da3-small")) { model =>
    val request = Request.of(images, InferenceOptions.builder.resolution(56).build)
    for view <- model.predict(request).scene.views.asScala do
      println(s"${view.depth} seen from ${view.camera.orElseThrow.pose.cameraCenter}")
  }

/** Returns an image of vertical stripes, shifted to the right by `shift` pixels. */
private def stripes(shift: Int): Image =
  val width = 112
  val height = 84
  Image(width, height, Array.tabulate(height * width * 3)(i => (16 * (i / 3 % width - shift)).toByte))
